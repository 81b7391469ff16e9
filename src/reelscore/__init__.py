"""Reelscore: music composed to picture."""
