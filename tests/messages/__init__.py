"""What people type to the editor, and what they mean by it: a set written from their side, and its scorer."""
