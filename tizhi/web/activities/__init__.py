"""工作动态的页面: list, record, form."""
