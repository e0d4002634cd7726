"""Central Asia Security Integration: tables, measures and charts behind the report."""
