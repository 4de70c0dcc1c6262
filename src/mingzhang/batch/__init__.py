"""Many files or books: processes, progress, going on after a stop, and what failed."""
