"""专家: experts nominated and appointed."""
