"""Own synthesis: one file per family of sounds, each with a tuple `VOICES`."""
