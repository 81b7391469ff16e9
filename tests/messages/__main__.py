"""python -m tests.messages [--part dev|kept|all] [--lang en] [--show-failures] [--through MODULE:FUNCTION]

How many of the messages are understood exactly, by language, file and tag; and how long a message takes to read.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable

from tests.messages.cases import load
from tests.messages.score import Verdict, judge
from tests.messages.surfaces import reader


def main() -> None:
    args = _asked()
    read = reader(args.through)
    cases = [case for case in load(args.part) if args.lang in ("", case.language) and args.file in case.file]
    for case in cases[:20]:
        judge(case, read)  # what is loaded once is not part of a message's time
    verdicts = [judge(case, read) for case in cases]
    if args.show_failures:
        shown = [v for v in verdicts if not v.right]
        for verdict in shown:
            words = repr(verdict.case.say) if verdict.case.part == "dev" or args.show_kept else "(kept)"
            print(f"{verdict.case.id:24} {verdict.case.on:9} {words}\n    {verdict.why if words != '(kept)' else ''}")
    for title, key in (("part", _part), ("language", _language), ("file", _file), ("tag", _tags)):
        _table(title, verdicts, key)
    _times("processor", [verdict.seconds for verdict in verdicts])
    _times("clock", [verdict.waited for verdict in verdicts])


def _times(name: str, seconds: list[float]) -> None:
    times = sorted(second * 1000 for second in seconds) or [0.0]
    middle, slow = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(f"{name}: p50 {middle:.2f} ms, p99 {slow:.2f} ms, max {times[-1]:.2f} ms")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.messages")
    parser.add_argument("--part", choices=("dev", "kept", "all"), default="all")
    parser.add_argument("--lang", default="")
    parser.add_argument("--file", default="", help="only files whose name holds this")
    parser.add_argument("--show-failures", action="store_true", help="of the kept part only their ids")
    parser.add_argument("--show-kept", action="store_true", help="the kept part's words too, for its author")
    parser.add_argument("--through", default="", help="module:function that reads, such as my.module:read")
    return parser.parse_args()


def _part(verdict: Verdict) -> tuple[str, ...]:
    return verdict.case.part, "all"


def _language(verdict: Verdict) -> tuple[str, ...]:
    return (f"{verdict.case.language} {verdict.case.part}",)


def _file(verdict: Verdict) -> tuple[str, ...]:
    return (verdict.case.file,)


def _tags(verdict: Verdict) -> tuple[str, ...]:
    return verdict.case.tags or ("plain",)


def _table(title: str, verdicts: Iterable[Verdict], key: object) -> None:
    assert callable(key)
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for verdict in verdicts:
        for name in key(verdict):
            every[name] += 1
            right[name] += verdict.right
    print(f"by {title}:")
    for name in sorted(every):
        print(f"  {name:20} {right[name]:4}/{every[name]:<4} {100 * right[name] / every[name]:6.1f} %")


if __name__ == "__main__":
    main()
