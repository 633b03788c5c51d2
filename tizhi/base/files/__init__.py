"""文件: uploads checked by content, stored by hash, never served as a page."""
