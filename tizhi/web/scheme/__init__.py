"""工作方案的页面: the versions, a version in words, and loading a new one."""
