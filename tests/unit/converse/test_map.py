"""A reader who opens the folder finds what belongs together."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from reelscore import converse


def test_the_map_names_every_module_once() -> None:
    folder = Path(converse.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    groups = [part.partition(": ")[2] for part in (converse.__doc__ or "").split("\n\n")[2:]]
    named = Counter(re.findall(r"(?<![/\w])[a-z_]+(?![/\w])", " ".join(groups)))
    assert {name for name in modules if named[name] != 1} == set()
    assert named.keys() - modules == set()
