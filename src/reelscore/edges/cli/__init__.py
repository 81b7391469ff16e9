"""The command line: `reelscore score | compose | brief | inspect | doctor`."""

from reelscore.edges.cli.app import main

__all__ = ["main"]
