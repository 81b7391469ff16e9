"""The wire format of the Nemo protocol, both dialects, over the same service."""
