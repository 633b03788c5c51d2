"""文件: sends stored files to whoever may see one of their owners."""
