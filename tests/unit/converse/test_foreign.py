"""Messages of other languages as the English that is read: order, bent words, amounts, pronouns, what stays."""

from __future__ import annotations

import pytest

from reelscore.converse.glossaries import TRANSLATED, in_english
from reelscore.converse.languages import language_of
from reelscore.converse.normalise import plain_of
from reelscore.converse.quotes import lifted
from reelscore.conversing.reading import read
from reelscore.edit.samples import SAMPLES


def english(message: str, language: str) -> str:
    plain, _ = in_english(*lifted(plain_of(message)), language)
    return " ".join(plain.original.split())


@pytest.mark.parametrize(
    ("language", "message", "said"),
    [
        ("ja", "音楽を30%に下げて", "lower music to 30%"),
        ("ja", "3秒から5秒までカットして", "cut off from 3 seconds to 5 seconds"),
        ("ko", "마지막 클립을 맨 앞으로 옮겨줘", "move the last clip to the start"),
        ("ko", "제목을 더 크게 해 주세요", "make title bigger"),
        ("de", "die letzten drei Sekunden wegschneiden", "cut off the last 3 seconds"),
        ("de", "schneid die letzten drei Sekunden weg", "cut off the last 3 seconds"),
        ("es", "quiero que la música sea más alegre", "make the music happier"),
        ("pt", "o título tem que ficar maior", "make the title bigger"),
        ("fr", "il faut que le titre soit plus grand", "make the title bigger"),
    ],
)
def test_the_verb_comes_first_wherever_it_was_said(language: str, message: str, said: str) -> None:
    """A verb at the end, in two pieces, or behind what it is about, leads the English clause."""
    assert english(message, language) == said


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("es", "baja la música", "bajad la musica"),
        ("es", "sube la voz", "súbele a la voz"),
        ("fr", "agrandis le titre", "agrandissez le titre"),
        ("de", "lösche den Titel", "loesch den Titel"),
        ("pt", "abaixa a música", "abaixe a musica"),
        ("ja", "字幕を消して", "字幕を消してください"),
        ("ko", "자막 지워", "자막을 지워주세요"),
    ],
)
def test_how_a_verb_is_bent_and_spelled_does_not_matter(language: str, first: str, second: str) -> None:
    """Polite or not, with accents or without, with a pronoun behind it: one request."""
    verb = english(first, language).split()[0]
    assert verb == english(second, language).split()[0]


@pytest.mark.parametrize(
    ("language", "message", "part"),
    [
        ("es", "del segundo 3 al 5", "from 3 to 5 seconds"),
        ("es", "medio segundo", "0.5 seconds"),
        ("fr", "les 3 premières secondes", "the first 3 seconds"),
        ("fr", "à partir de 0:05", "from 5 seconds"),
        ("de", "ab Sekunde 3", "from 3 seconds"),
        ("de", "anderthalb Sekunden", "1.5 seconds"),
        ("pt", "trinta e cinco por cento", "35%"),
        ("ja", "1分5秒間", "65 seconds"),
        ("ko", "삼십 퍼센트", "30%"),
    ],
)
def test_amounts_and_times_in_words_and_figures(language: str, message: str, part: str) -> None:
    """Numbers in words, halves, times of the clock and stretches come out as figures."""
    assert part in english(message, language)


@pytest.mark.parametrize("language", TRANSLATED)
def test_quotations_and_files_stay_as_they_were_typed(language: str) -> None:
    """What is in quotes is content in every language, and a file's name is a name."""
    assert '"Der Titel"' in english('"Der Titel" IMG_2041.MOV', language)
    assert "IMG_2041" in english('"Der Titel" IMG_2041.MOV', language)


def test_a_quotation_keeps_its_place_where_the_order_changes() -> None:
    """The words in quotes are found again at their marks."""
    plain, quotes = in_english(*lifted(plain_of("제목을 「밤」으로 바꾸고 '끝'이라고 넣어줘")), "ko")
    assert [q.words for q in quotes] == ["밤", "끝"]
    assert all(set(plain.text[q.start : q.end]) == {"\ue000"} for q in quotes)


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("súbele el volumen", "es"),
        ("ponlo en horizontal", "es"),
        ("corta do segundo 3 ao segundo 5", "pt"),
        ("exportiere in 1080p", "de"),
        ("make it a bossa nova", "en"),
        ("crossfade 1s @ s2", "en"),
    ],
)
def test_the_language_is_told_by_words_of_its_own(message: str, language: str) -> None:
    """Bent words tell a language; what is the same in English does not."""
    assert language_of(plain_of(message).text) == language


def test_what_was_not_understood_is_told_as_it_was_typed() -> None:
    """The answer quotes the person, not the English in between; the rest of the message is done."""
    meaning = read("タイトルを消してから犬を踊らせて", SAMPLES["film"]())
    assert [one.words for one in meaning.missed] == ["犬を踊らせて"]
    assert [step.command for step in meaning.edits] == ["remove_text"]
