"""Rules that are statements, as SQL: one query a rule over many documents' figures at once."""
