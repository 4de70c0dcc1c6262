"""Checking form packs for those who write them."""
