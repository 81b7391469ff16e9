"""How long a message takes to read: `python -m tests.bench.reading [--times 3] [--file NAME]`.

All messages of the development part are read on their timelines, after what a server builds at its start. A time is
that of the processor; of a message that is read several times the least counts, so that what else runs on the machine
is not measured. The first time is told apart: it holds what is built when something is first said. Then hostile
messages of 10,000 letters, as many as are read, each against one of half the length: linear means twice the time.
"""

from __future__ import annotations

import argparse
import time

from reelscore.converse import dividing, guess, message_reader, one_clause
from reelscore.converse import parse as parsing
from reelscore.converse.known import Known
from reelscore.converse.parse import parse
from reelscore.conversing import read
from reelscore.conversing.reading import known, warm
from reelscore.values.message import Context
from reelscore.values.timeline import Timeline
from tests.messages.cases import load
from tests.messages.score import situation
from tests.messages.timelines import FACTS, TIMELINES

HOSTILE = {
    "louder, ": "one request over and over",
    "and then ": "joints alone",
    "((((": "brackets",
    ", no ": "corrections of nothing",
    '"': "quotation marks",
    "a": "one long word",
    "9": "one long number",
    "clip 1 ": "a thing over and over",
    "no, ": "corrections of nothing",
    "把音乐调大，": "one request over and over",
    "第一段": "a thing over and over",
    "的": "one letter",
}
LETTERS = 10_000  # of which a message is read; the rest is cut off


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.reading")
    parser.add_argument("--times", type=int, default=3, help="how often each message is read")
    parser.add_argument("--file", default="", help="only files whose name holds this")
    args = parser.parse_args()
    began = time.thread_time()
    warm()
    print(f"what is built at the start: {time.thread_time() - began:.2f} s")
    counted = _counted()
    held = known(FACTS)
    spent: list[list[float]] = []
    said = [(case.say, *situation(case, read)) for case in load("dev") if args.file in case.file]
    if not said:
        parser.error(f"no file of the development part holds {args.file!r} in its name")
    for message in said:
        spent.append([_spent(message, held)])
    counted.clear()
    for message, times in zip(said, spent, strict=True):
        times += [_spent(message, held) for _ in range(args.times - 1)]
    reads = len(counted) / len(said) / max(1, args.times - 1)
    _table("read for the first time", [times[0] for times in spent])
    _table(f"the least of {args.times} times", [min(times) for times in spent])
    print(f"{len(said)} messages, {reads:.2f} clauses read in each")
    slow = sorted(zip((min(times) for times in spent), (words for words, _, _ in said), strict=True), reverse=True)
    for seconds, words in slow[:5]:
        print(f"{seconds * 1000:8.2f} ms  {words[:90]}")
    for piece, name in HOSTILE.items():
        whole, half = (
            min(_spent((_long(piece, n), TIMELINES["film"](), Context()), held) for _ in range(2))
            for n in (LETTERS, LETTERS // 2)
        )
        print(f"{whole * 1000:8.0f} ms  {whole / half:5.1f} times that of half  {name}: {piece!r}")


def _long(piece: str, letters: int) -> str:
    return (piece * (letters // len(piece) + 1))[:letters]


def _spent(message: tuple[str, Timeline, Context], held: Known) -> float:
    words, timeline, context = message
    began = time.thread_time()
    parse(words, timeline, held, context)
    return time.thread_time() - began


def _counted() -> list[str]:
    """The clauses that are read from now on."""
    counted: list[str] = []
    plain = one_clause.read_clause

    def counting(clause, first=False):  # type: ignore[no-untyped-def]
        counted.append(clause.text)
        return plain(clause, first)

    for module in (dividing, message_reader, guess, parsing):
        setattr(module, "read_clause", counting)  # noqa: B010 - a name the module only imports
    return counted


def _table(name: str, seconds: list[float]) -> None:
    times = sorted(second * 1000 for second in seconds)
    at = {share: times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.9, 0.99)}
    print(f"{name}: p50 {at[0.5]:.2f} ms, p90 {at[0.9]:.2f} ms, p99 {at[0.99]:.2f} ms, worst {times[-1]:.2f} ms")


if __name__ == "__main__":
    main()
