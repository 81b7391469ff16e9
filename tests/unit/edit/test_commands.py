"""Every edit command keeps its promises: its own examples are the specification."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from reelscore.edit.arguments import FORMS
from reelscore.edit.command import Command, apply_all, schema_of
from reelscore.edit.draft import from_draft, to_draft
from reelscore.edit.registry import command, commands
from reelscore.edit.samples import FACTS, SAMPLES
from reelscore.edit.settle import settled
from reelscore.edit.timeline_json import dumps, loads
from reelscore.edit.validate import checked
from reelscore.edit.wording import in_words
from reelscore.errors import EditError
from reelscore.values.command import PARAM_KINDS, Example

COMMANDS = tuple(commands().values())
EXAMPLES = [(held, example) for held in COMMANDS for example in held.examples]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
GROUPS = ("clips", "time", "sound", "text", "picture", "transitions", "beat", "music")


def named(value: object) -> str:
    return value.name if isinstance(value, Command) else value.en if isinstance(value, Example) else str(value)


def test_there_are_all_the_commands_that_an_editor_needs() -> None:
    wanted = """add remove trim split move ripple_delete replace_media duplicate reorder cut_first cut_last cut_range
    keep_range fit_duration loop speed reverse freeze volume mute unmute fade_in fade_out duck crossfade normalise pan
    title subtitle lower_third captions text_style text_position text_duration text_animation change_text remove_text
    aspect resolution frame_rate fit crop rotate flip zoom filter remove_filter opacity picture_in_picture arrange
    background transition remove_transition cut_to_beat snap_to_beat marker remove_marker mark_beats generate_music
    regenerate_music vary_music change_music music_length refit_music rename"""
    assert set(wanted.split()) == set(commands())


def test_commands_are_files_in_one_folder() -> None:
    import reelscore.edit.commands as package

    files = sorted(path.stem for path in Path(package.__path__[0]).glob("*.py") if path.stem != "__init__")
    assert files == list(commands())


@pytest.mark.parametrize(("held", "example"), EXAMPLES, ids=named)
def test_an_example_does_what_it_says(held: Command, example: Example) -> None:
    before = SAMPLES[example.on]()
    edited = held.apply(before, example.args, FACTS)
    assert in_words(edited.changes) == example.does
    assert in_words(edited.changes, "zh") != "没有变化"
    assert edited.steps[0].command == held.name
    assert checked(edited.timeline) == edited.timeline
    assert settled(edited.timeline) == edited.timeline
    assert loads(dumps(edited.timeline)) == edited.timeline
    assert from_draft(json.loads(json.dumps(to_draft(edited.timeline)))) == edited.timeline


@pytest.mark.parametrize(("held", "example"), EXAMPLES, ids=named)
def test_the_timeline_that_was_given_is_as_it_was(held: Command, example: Example) -> None:
    before = SAMPLES[example.on]()
    held.apply(before, example.args, FACTS)
    assert before == SAMPLES[example.on]()


@pytest.mark.parametrize(("held", "example"), EXAMPLES, ids=named)
def test_a_change_is_worded_without_missing_names_in_both_languages(held: Command, example: Example) -> None:
    edited = held.apply(SAMPLES[example.on](), example.args, FACTS)
    en, zh = (in_words(edited.changes, language) for language in ("en", "zh"))
    assert not CHINESE.search(en)
    assert CHINESE.search(zh)
    assert "_" not in en
    assert "{" not in en + zh


@pytest.mark.parametrize("held", COMMANDS, ids=named)
def test_a_command_says_everything_about_itself(held: Command) -> None:
    assert held.group in GROUPS
    assert len(held.examples) >= 2
    assert CHINESE.search(held.help.zh)
    for example in held.examples:
        assert CHINESE.search(example.zh)
        assert not CHINESE.search(example.en)
        assert example.on in SAMPLES
    assert len(held.words["en"]) >= 4
    assert len(held.words["zh"]) >= 3
    assert all(word == word.lower() for word in held.words["en"])
    doc = sys.modules[held.edit.__module__].__doc__ or ""
    assert "before" in doc, "draw what it does"
    assert "after" in doc, "draw what it does"


@pytest.mark.parametrize("held", COMMANDS, ids=named)
def test_parameters_are_of_known_kinds_and_told_in_both_languages(held: Command) -> None:
    names = [param.name for param in held.params]
    assert len(names) == len(set(names))
    for param in held.params:
        assert param.kind in PARAM_KINDS
        assert CHINESE.search(param.help.zh), param.name
        assert bool(param.choices) == (param.kind == "choice")
        assert not (param.required and param.default is not None)
        for choice in param.choices:
            words = [choice.name, *choice.en, *choice.zh]
            assert len(words) == len(set(words)), choice.name
    said = [word for param in held.params for choice in param.choices for word in (choice.name, *choice.en, *choice.zh)]
    for param in held.params:
        own = [word for choice in param.choices for word in {choice.name, *choice.en, *choice.zh}]
        assert len(own) == len(set(own)), f"{param.name}: a word means two choices: {sorted(own)}"
    assert all(said)


@pytest.mark.parametrize("held", COMMANDS, ids=named)
def test_the_schema_knows_every_parameter_and_allows_no_other(held: Command) -> None:
    schema = schema_of(held)
    properties = schema["properties"]
    assert isinstance(properties, dict)
    assert list(properties) == [param.name for param in held.params]
    assert schema["additionalProperties"] is False
    assert schema["required"] == [param.name for param in held.params if param.required]
    json.dumps(schema)


def test_every_kind_of_parameter_has_its_form() -> None:
    assert set(FORMS) == set(PARAM_KINDS)


def test_several_edits_are_one_with_the_changes_from_first_to_last() -> None:
    steps: list[tuple[Command, dict[str, object]]] = [
        (command("volume"), {"to": 80}),
        (command("volume"), {"to": 35}),
        (command("mute"), {"which": "music"}),
    ]
    edited = apply_all(SAMPLES["film"](), steps, FACTS)
    assert in_words(edited.changes) == "music: volume 100% -> 35%, muted"
    assert [step.command for step in edited.steps] == ["volume", "volume", "mute"]


def test_an_unknown_command_suggests_the_nearest() -> None:
    with pytest.raises(EditError, match='Did you mean "reverse"'):
        command("revers")


IMPOSSIBLE = [
    ("volume", "silent", {"to": 50}, "has nothing that fits"),
    ("volume", "film", {"to": 500}, "between 0% and 400%"),
    ("volume", "film", {}, "volume needs to"),
    ("volume", "film", {"to": 50, "loud": 1}, 'takes no "loud"'),
    ("volume", "film", {"to": float("nan")}, "cannot be"),
    ("trim", "clips", {"which": "clip 2", "to": 20}, "only 6s of material"),
    ("trim", "clips", {"to": 2}, '"clip" could be any of 3. Say which: clip 1'),
    ("cut_first", "film", {"seconds": 10}, "would leave nothing of the film, which lasts 10s"),
    ("cut_range", "film", {"start": 5, "end": 2}, "has no length"),
    ("cut_range", "film", {"start": 50, "end": 60}, "after the end"),
    ("split", "film", {"at": 0}, "nothing to split"),
    ("split", "clips", {"at": 99}, "There is no clip at 1:39. There is at: 0-4s, 4-8s, 8-14s"),
    ("title", "film", {"text": "x", "at": 12}, "lies after the end: the film lasts 10s"),
    ("title", "film", {"text": "  "}, "1 to 2000 letters"),
    ("move", "talk", {"which": "nobody"}, 'called "nobody". There is: clip 1'),
    ("add", "film", {"media": "nothing"}, 'No file is called "nothing". Known files: city'),
    ("add", "film", {"media": "Lo-fi", "as": "film"}, "has no picture"),
    ("add", "film", {"media": "sunset", "as": "music"}, "has no sound"),
    ("add", "film", {"media": "beach", "duration": 20}, "only 8s of material"),
    ("speed", "film", {"factor": 100}, "between 0.0625 and 16"),
    ("reverse", "slides", {"which": "clip 1"}, "stands still"),
    ("cut_to_beat", "silent", {}, "no beats to cut to"),
    ("snap_to_beat", "film", {}, "no cuts between clips"),
    ("snap_to_beat", "offbeat", {"within": 0.05}, "No beat lies within 0.05s"),
    ("transition", "film", {}, "no cuts between clips"),
    ("transition", "clips", {"which": "clip 1"}, "no clip before it"),
    ("regenerate_music", "silent", {}, "no music on the timeline"),
    ("regenerate_music", "film", {"bars": "9-99"}, "it has 30 bars"),
    ("regenerate_music", "film", {"section": "nowhere"}, "has no section"),
    ("regenerate_music", "medley", {}, "was not composed here"),
    ("captions", "film", {"text": "no times at all"}, "No captions can be read"),
    ("text_duration", "film", {"to": 30}, "At most 10s"),
    ("filter", "film", {"name": "wram"}, "It is one of: warm"),
    ("aspect", "film", {"ratio": "100:1"}, "Give a shape such as 9:16"),
    ("resolution", "film", {"size": "641x480"}, "even"),
    ("unmute", "film", {}, "Nothing of this is muted"),
    ("crossfade", "film", {}, "No two sounds touch"),
    ("loop", "film", {}, "already lasts until 10s"),
    ("fade_in", "film", {"which": "music", "duration": 11}, "At most 10s fits"),
    ("reorder", "film", {"order": "1"}, "at least two clips"),
    ("freeze", "film", {"at": 22}, "There is no clip at 22s"),
    ("picture_in_picture", "film", {"media": "voiceover"}, "has no picture"),
]


@pytest.mark.parametrize(("name", "on", "args", "said"), IMPOSSIBLE, ids=[f"{c[0]}-{c[2]}"[:60] for c in IMPOSSIBLE])
def test_what_is_impossible_says_why_and_what_would_work(
    name: str, on: str, args: dict[str, object], said: str
) -> None:
    with pytest.raises(EditError) as caught:
        command(name).apply(SAMPLES[on](), args, FACTS)
    assert said in str(caught.value)
    assert caught.value.hint
    assert CHINESE.search(caught.value.chinese)
    assert "{" not in str(caught.value) + caught.value.chinese
