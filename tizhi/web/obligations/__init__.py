"""履约台账的页面: the board, what lies behind a cell, the list, excusing and urging, the burden."""
