"""The arithmetic: filters over facts, terms over figures, identities made concrete, the linear system. Knows no form."""
