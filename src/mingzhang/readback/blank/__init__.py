"""Blank forms: what a new edition prints before anybody fills it in, compared with the pack it follows."""
