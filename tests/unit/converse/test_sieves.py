"""A sieve never changes what a pattern finds; it only saves the trying."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from reelscore import converse
from reelscore.converse.concepts import concepts_for
from reelscore.converse.patterns import just_before
from reelscore.converse.sieves import Sieve, may_match, needed_words
from reelscore.converse.tables import table
from tests.messages.cases import load


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"(?<![a-z])(?:mute|silence)(?![a-z])", {"mute", "silence"}),
        (r"colou?r", {"colo"}),
        (r"(?:very )?quiet(?:er)?", {"quiet"}),
        (r"把(?:音乐|声音)关掉", {"关掉"}),
        (r"[关停]掉?", {"关", "停"}),
        (r"(?:loud|\d+ db)", {"loud", " db"}),
        (r"[a-z]+", None),
        (r"(?:loud)?", None),
        (r"(?:loud|\d)", None),
        (r"(?i:LOUD)|(?!x)y*", None),
    ],
)
def test_the_words_without_which_nothing_is_found(pattern: str, words: set[str] | None) -> None:
    found = needed_words(re.compile(pattern))
    assert (set(found) if found else None) == words


def test_no_message_is_read_otherwise() -> None:
    says = [case.say.lower() for case in load("dev")[::7]]
    names = [name for section in table("en").values() if isinstance(section, dict) for name in section]
    for sieve in filter(None, map(concepts_for("en").pattern, names)):
        assert isinstance(sieve, Sieve)
        wrong = [say for say in says if not sieve.may(say) and sieve.regex.search(say)]
        assert wrong == []


def test_all_words_at_once_tell_the_same_as_one_after_another() -> None:
    """A text gone through once for the words of all patterns holds the words that each of them finds by itself."""
    meanings = concepts_for("en")
    names = [name for section in table("en").values() for name in section]
    sieves = {name: sieve for name in names if (sieve := meanings.pattern(name)) is not None}
    for say in [case.say.lower() for case in load("dev")[::29]]:
        alone = {name for name, sieve in sieves.items() if sieve.may(say)}
        assert meanings.told(say) & sieves.keys() == alone


def test_a_pattern_made_later_is_found_in_a_text_that_was_gone_through_before() -> None:
    text = "the quokka is louder"
    assert not any(sieve.regex.pattern == "quokka" for sieve in may_match(text))
    made = Sieve(re.compile("quokka"))
    assert made in may_match(text)
    assert made.search(text)


def test_every_meaning_that_is_asked_for_has_words() -> None:
    """A misspelt name would never be said."""
    asked = {
        word.value
        for path in Path(converse.__file__).parent.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ("has", "find")
        if isinstance(call.func.value, ast.Name) and call.func.value.id in ("c", "clause")
        for word in call.args
        if isinstance(word, ast.Constant)
    }
    assert asked > {"louder", "music_noun"}
    assert asked - {name for section in table("en").values() for name in section} == set()


@pytest.mark.parametrize("words", [r"(?:clip|photo)s? $", r"(?<![a-z])not $|不是$", r"(?:^|,)\s*$"])
def test_what_stands_right_before_a_place_is_found_as_in_the_text_up_to_it(words: str) -> None:
    pattern = re.compile(words)
    for say in [case.say.lower() for case in load("dev")[::97]]:
        for end in range(len(say) + 1):
            found, plainly = just_before(pattern, say, end), pattern.search(say[:end])
            assert (found and found.span()) == (plainly and plainly.span())


def test_there_is_one_sieve_of_a_pattern() -> None:
    """Two threads that make the same tables at once must not hold different ones."""
    assert Sieve(re.compile("louder|quieter")) is Sieve(re.compile("louder|quieter"))
    assert Sieve(re.compile("louder|quieter", re.ASCII)) is not Sieve(re.compile("louder|quieter"))


_AT_ONCE = """
import sys, threading
from reelscore.conversing import read
from reelscore.values.timeline import Timeline

sys.setswitchinterval(1e-6)
faults, begin = [], threading.Barrier(4)

def one(words):
    begin.wait()
    try:
        for _ in range(3):
            read(words, Timeline())
    except Exception as fault:
        faults.append(repr(fault))

says = ("write 3 seconds of calm piano", "add a title that says Hi, 3 seconds", "音乐淡出三秒，再导出", "undo it")
threads = [threading.Thread(target=one, args=(words,)) for words in says]
for thread in threads: thread.start()
for thread in threads: thread.join()
sys.exit("; ".join(faults) or 0)
"""


def test_the_first_messages_may_come_at_once() -> None:
    """What is built when first asked for may be built by several threads at the same time."""
    done = subprocess.run([sys.executable, "-c", _AT_ONCE], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
