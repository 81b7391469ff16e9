"""Music back-ends: one file, one way to get music from a brief."""
