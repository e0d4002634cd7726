"""Numbers, dates and names in the languages of the book other than English, one module each."""
