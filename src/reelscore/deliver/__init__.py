"""What goes out beside the picture: bundle, report, provenance."""
