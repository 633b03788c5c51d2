"""任务: work done outside a request – leased, retried, visible."""
