"""The rules that no equality can say."""
