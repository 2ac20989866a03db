"""Pictures and tables: pure functions, records in, a figure (or escaped HTML) out."""
