"""Book → Disclosure: facts, tables, wording, forms; every printed figure derived from the facts."""
