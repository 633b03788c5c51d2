"""专家的页面: who is an expert, nominations and letters, an expert's own page, certificates of service."""
