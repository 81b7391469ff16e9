"""A message and a timeline to what is meant: edits, actions, a question; and what is told in return. Pure."""
