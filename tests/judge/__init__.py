"""Judges not written by us: they hear rendered music and say what they hear. See `__main__.py`."""
