"""省级承诺的页面: list, record and forms of commitments; the page of a province."""
