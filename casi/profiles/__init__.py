"""Profiles: what the record holds on one state, page by page."""
