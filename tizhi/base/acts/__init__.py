"""办理: a write is one action – allowed, locked, checked for its version, atomic, recorded."""
