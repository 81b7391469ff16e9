"""`python -m reelscore` is the command line."""

from reelscore.edges.cli import main

main()
