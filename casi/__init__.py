"""Central Asia Security Integration: tables, measures and charts behind the report."""

CHECKED = "CASI_CHECKED"  # names the folder of tables that a build has checked for all it runs
