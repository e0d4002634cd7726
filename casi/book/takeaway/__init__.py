"""What readers take away from the book: a briefing of two pages, slides, and all pictures."""
