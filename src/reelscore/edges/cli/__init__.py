"""The command line: `reelscore score | compose | brief | inspect | doctor`."""

import sys

from reelscore.sandbox.jobs import start_ahead

_READING = (["score"], ["inspect"])  # commands that read a film first


def main() -> None:
    """Run the command line. The readers of a film load beside the command line itself."""
    if sys.argv[1:2] in _READING and not {"-h", "--help"} & set(sys.argv):
        start_ahead("reelscore.understand.picture", "reelscore.understand.sound")
    from reelscore.edges.cli.app import main as run

    run()


__all__ = ["main"]
