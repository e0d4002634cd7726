"""Enter new facts: a draft in YAML, checked against the record, then written to its tables."""
