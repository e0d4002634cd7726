"""Key findings, what has changed since the article, and what each finding depends on."""
