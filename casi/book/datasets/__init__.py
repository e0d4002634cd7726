"""The tables in other formats: SQLite, Excel, Parquet, Stata and SPSS, from the descriptor."""
