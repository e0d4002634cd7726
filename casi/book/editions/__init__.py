"""Cite, describe, archive, publish and tag editions."""
