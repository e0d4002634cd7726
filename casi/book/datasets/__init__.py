"""The tables in other formats: one SQLite database and one Excel workbook, from the descriptor."""
