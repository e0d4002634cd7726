"""Central Asia Security Integration: tables, measures and charts behind the report."""

import sys

CHECKED = "CASI_CHECKED"  # names the folder of tables that a build has checked for all it runs

# jsonschema, which Plotly and nbformat import, would first compile 38 grammars for international
# addresses. No schema here has any, and it takes longer than all other imports together.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

PUBLIC = ("cite", "list_tables", "load", "sources")  # functions of casi.api


def __getattr__(name: str):
    """Return a public function at its first use, so that `import casi` alone imports no pandas."""
    if name in PUBLIC:
        from casi import api

        return getattr(api, name)
    raise AttributeError(f"module 'casi' has no attribute {name!r}")
