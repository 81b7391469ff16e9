"""Messages in Spanish, French, German, Portuguese, Japanese and Korean, put into the English that the readers read."""
