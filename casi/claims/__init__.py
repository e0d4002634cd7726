"""Verdicts on the claims of the article, each computed from the tables."""
