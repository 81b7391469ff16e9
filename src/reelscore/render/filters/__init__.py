"""Picture filters: one file, one filter. See `filtering.py` for what they are made of."""
