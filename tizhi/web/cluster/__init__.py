"""组团的页面: the cluster with its pairs, areas and bodies; each unit; the ministry's view across clusters."""
