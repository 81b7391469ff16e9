"""How each family of things people ask for is read: one file a family."""
