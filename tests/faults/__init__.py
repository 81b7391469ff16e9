"""Processes that are really killed, while they work, and what is left to be true afterwards."""
