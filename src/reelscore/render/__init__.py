"""Plans for files, and the only caller of the encoder."""
