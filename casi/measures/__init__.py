"""Measures computed from the tables: one module a topic, pure functions, nothing drawn or read."""
