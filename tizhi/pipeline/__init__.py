"""主线: the stages of the work, lowest first (see docs/architecture.md)."""
