"""DuckDB: all SQL, the records, and what contradicts them."""
