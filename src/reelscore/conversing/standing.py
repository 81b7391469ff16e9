"""How things stand, as an answer to "how long is it?", "what music is this?", "how loud is it?", 现在多长:

15s, 1920x1080, 30 fps
Calm folk: 0-15s, 96 bpm, volume 71%, fades out over 2s; guitar, bass, drums
"My weekend": 0-4s, yellow, bottom
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from reelscore.converse.reply_words import LANGUAGES
from reelscore.edit.amounts import percent_of_db, plain_length, plain_number, plain_span
from reelscore.edit.places import Place, places
from reelscore.edit.segments import sound_of
from reelscore.edit.wording import colour_in_words, font_in_words, place_in_words
from reelscore.values.facts import Facts, MediaFacts, Passage
from reelscore.values.timeline import Timeline
from reelscore.values.vocabulary import Vocabulary

MOST_EACH = 3  # of sounds, and of texts
MOST_INSTRUMENTS = 6
MOST_PASSAGES, MOST_CHORDS = 12, 8  # of music alone
_FEWEST_BEATS = 4
_WORDS: dict[str, str] = {  # en, zh, es, fr, de, pt, ja, ko
    "volume": "volume|音量|volumen|volume|Lautstärke|volume|音量|음량",
    "muted": "muted|已静音|silenciado|muet|stumm|sem som|ミュート|음소거",
    "fade_in": "fades in over|淡入|entrada gradual|fondu d’entrée|blendet ein|fade de entrada|フェードイン|페이드 인",
    "fade_out": "fades out over|淡出|salida gradual|fondu de sortie|blendet aus|fade de saída|フェードアウト|"
    "페이드 아웃",
    "bpm": "bpm" + "|bpm" * 7,
}


def state(timeline: Timeline, facts: Facts, language: str, vocabulary: Vocabulary) -> Iterator[str]:
    """The film in a line, then each piece of music or voice, then each text; the first few of each."""
    canvas = timeline.canvas
    yield f"{plain_length(timeline.duration)}, {canvas.width}x{canvas.height}, {float(canvas.frame_rate):.5g} fps"
    held = places(timeline)
    heard = [place for place in held if place.role in ("music", "voice")]
    for place in heard[:MOST_EACH]:
        known = facts.of(place.segment.media)
        band = _band(known, language, vocabulary) if place.role == "music" else ""
        yield _line(place, [plain_span(place.span), *_sound(place, known, language)], language, band)
        if len(held) == 1:  # music alone: how it goes
            yield from (_passage(passage) for passage in known.passages[:MOST_PASSAGES] if passage.chords)
    for place in [place for place in held if place.role == "text"][:MOST_EACH]:
        yield _line(place, [plain_span(place.span), *_look(place, language)], language)


def _passage(passage: Passage) -> str:
    """A section with its chords: "A (theme) 0:08-0:24: Am7 F C G"."""
    name = passage.kind if passage.name.lower() == passage.kind else f"{passage.name} ({passage.kind})"
    more = " ..." if len(passage.chords) > MOST_CHORDS else ""
    return f"{name} {plain_span(passage.span)}: {' '.join(passage.chords[:MOST_CHORDS])}{more}"


def _line(place: Place, inside: list[str], language: str, more: str = "") -> str:
    segment = place.segment
    words = " ".join((segment.text.content if segment.text else segment.name).split())[:60]
    if segment.text is not None:
        words = f"“{words}”" if language == "zh" else f'"{words}"'
    colon, comma, stop = ("：", "，", "；") if language in ("zh", "ja") else (": ", ", ", "; ")
    return f"{words}{colon}{comma.join(inside)}{stop + more if more else ''}"


def _sound(place: Place, known: MediaFacts, language: str) -> Iterator[str]:
    sound, track = sound_of(place.segment), place.track
    if place.role == "music" and len(known.beats) >= _FEWEST_BEATS:
        beat = float(median(b - a for a, b in zip(known.beats, known.beats[1:], strict=False)))
        yield f"{round(60 / beat * float(place.segment.speed))} {_word('bpm', language)}"
    if place.role == "music" and known.key:
        yield known.key
    if sound.muted or track.muted:
        yield _word("muted", language)
    else:
        yield f"{_word('volume', language)} {plain_number(percent_of_db(sound.gain_db + track.gain_db), 0)}%"
    for name, length in (("fade_in", sound.fade_in), ("fade_out", sound.fade_out)):
        if length:
            yield f"{_word(name, language)} {plain_length(length)}"


def _band(known: MediaFacts, language: str, vocabulary: Vocabulary) -> str:
    zh = language == "zh"
    names = [_instrument(name, vocabulary, zh) for name in known.instruments[:MOST_INSTRUMENTS]]
    return ("、" if zh else ", ").join(dict.fromkeys(names))


def _instrument(name: str, vocabulary: Vocabulary, zh: bool) -> str:
    entry = vocabulary.instruments.get(name)
    chinese = next((w for w in entry.words if "一" <= w[:1] <= "鿿"), "") if entry and zh else ""
    return chinese or (_PLAYERS_ZH.get(name) if zh else None) or name.replace("_", " ")


_PLAYERS_ZH = {
    "drums": "鼓",
    "bass": "贝斯",
    "kit_808": "808鼓组",
    "bass_808": "808贝斯",
    "fm_bell": "钟琴",
}  # no word else


def _look(place: Place, language: str) -> Iterator[str]:
    """What was chosen for a text beside what its style has."""
    text = place.segment.text
    if text is None:
        return
    zh = language == "zh"
    if text.colour:
        yield colour_in_words(text.colour, zh)
    if text.font:
        yield font_in_words(text.font, zh)
    if text.x is not None and text.y is not None:
        yield place_in_words(text.x, text.y, zh)


def _word(name: str, language: str) -> str:
    return _WORDS[name].split("|")[LANGUAGES.index(language) if language in LANGUAGES else 0]
