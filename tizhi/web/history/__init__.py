"""留痕页面: who did what, in which post, and what changed."""
