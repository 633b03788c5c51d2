"""登录页面: signing in and out, one's password, one-time links; and the administrator's list of accounts."""
