"""Do pieces repeat each other's tunes? `python -m tests.bench.originality [STYLE...]`

For each style, 200 seeds of 40 s: the share of pairs of pieces that have four bars of tune (the same intervals, six
notes or more) in common. The suite asserts the same of five styles with fewer seeds.
"""

from __future__ import annotations

import sys

from tests.unit.compose.briefs import GENRES
from tests.unit.compose.test_originality import BOUND, shared

SEEDS, SECONDS = 200, 40


def main() -> None:
    for style in sys.argv[1:] or GENRES:
        share = shared(style, SEEDS, SECONDS)
        told = "" if share <= BOUND else "   more than the bound"
        print(f"{style:16s} {100 * share:6.3f} % of pairs{told}", flush=True)


if __name__ == "__main__":
    main()
