"""专家审核: expert reviews and replies."""
