"""测量: reproducible figures, each against its target; `make bench`, `make bench ROWS="E3 F2"`, `make bench FULL=1`."""
