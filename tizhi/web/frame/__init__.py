"""页面框架: base layout, menu, errors, forms, the words of templates."""
