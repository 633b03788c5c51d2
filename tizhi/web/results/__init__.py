"""成效: the chain need → finding → measure, of a plan and of a school."""
