"""Words and readings to a Brief: what to write, and why."""
