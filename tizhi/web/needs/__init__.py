"""需求诊断: a school's diagnosis and its needs."""
