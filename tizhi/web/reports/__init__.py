"""季度报告的页面: list, how a quarter stands, 采编台, the report itself."""
