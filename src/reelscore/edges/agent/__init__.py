"""A language model, where one is configured: asked only what the rules are unsure of, and checked like a person."""
