"""调研: field studies and their findings."""
