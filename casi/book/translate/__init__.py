"""Translate pages: their messages in PO catalogues, and the sources of another language."""
