"""通知的页面: the inbox, and the log of what went to whom."""
