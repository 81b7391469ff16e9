"""Transitions: one file, one transition. See `transitioning.py` for what they are made of."""
