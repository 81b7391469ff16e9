"""One file per edit command: COMMAND, with its words, parameters, examples and what it does."""
