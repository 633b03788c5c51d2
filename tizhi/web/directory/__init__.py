"""通讯录页面: people, the posts they hold, letting them in, the import, and what was entered for them."""
