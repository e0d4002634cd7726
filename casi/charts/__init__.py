"""Charts of every kind the report uses; none of them knows a topic."""
