"""Nouns: frozen values, no I/O, no imports from the package but each other."""
