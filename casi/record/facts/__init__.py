"""Turn the rows of each table into dated facts in words: gatherings, law, borders, arms."""
