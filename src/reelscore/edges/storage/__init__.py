"""Where what people make is kept: a project in a folder, or a database with a store of blobs."""
