"""核对: what can be wrong with a scheme, one module per sort of fault; `check` runs them all."""
