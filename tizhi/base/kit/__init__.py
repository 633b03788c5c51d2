"""小件: small partners without rows of their own."""
