"""Disclosure to files: PDF, XLSX, JSON, CSV; one module a format."""
