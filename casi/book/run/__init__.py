"""Run the notebooks and cache their outputs."""
