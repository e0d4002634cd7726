"""Bring in a new edition of a source: `python -m casi.importers`, one module a publisher."""
