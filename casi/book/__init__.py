"""What turns the notebooks into a book. Nothing here knows the subject of the report."""
