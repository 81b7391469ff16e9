"""The text of SFZ instruments: from a file, and what it includes, to one flat table of opcodes per region.

SFZ is lines of `<header>` and `name=value`; a value ends where the next name begins, so file names may hold spaces.
What stands under <global>, <master> and <group> holds for the regions that follow. `#include` and `#define` are
expanded under limits, and no file outside the folder that the user gave is opened.

Source: the format as described at sfzformat.com (headers, opcodes, ARIA's directives).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from reelscore.errors import DataError

Region = Mapping[str, str]

_MOST_BYTES, _MOST_FILES, _DEEPEST = 8 << 20, 256, 8
_MOST_REGIONS, _MOST_DEFINES, _LONGEST_LINE = 20_000, 2000, 20_000
_LEVELS = ("global", "master", "group", "region")
_MOST_EXPANDED, _MOST_OPCODES = 32 << 20, 1000
_COMMENT = re.compile(r"/\*|//")
_TOKEN = re.compile(r'#include\s+"([^"\n]*)"|<(\w+)>|(?:(?<=\s)|^)([A-Za-z_]\w*)=')
_DEFINE = re.compile(r"#define\s+(\$\w+)\s+(\S+)")
_VARIABLE = re.compile(r"\$\w+")
_OTHER_NAMES = {
    "loopmode": "loop_mode", "loopstart": "loop_start", "loopend": "loop_end", "offby": "off_by", "pitch": "tune",
    "filtype": "fil_type", "bend_up": "bendup",
}  # fmt: skip


def inside(folder: Path, name: str, where: str) -> Path:
    """The file that a text names, made sure to lie inside the folder, links followed. DataError otherwise."""
    plain = PurePosixPath(name.strip().replace("\\", "/"))
    if "\0" in name or plain.is_absolute() or re.match(r"[A-Za-z]:", str(plain)):
        raise DataError(f'{where} names "{name[:100]}".', "Only files inside the folder of sounds are read.")
    root = folder.resolve()
    path = (root / plain).resolve()
    if not path.is_relative_to(root):
        raise DataError(f'{where} names "{name[:100]}".', "Only files inside the folder of sounds are read.")
    return path


class SfzText:
    """One instrument's text, read whole. `regions` in order, `sample` with the default path before it."""

    def __init__(self, path: Path, folder: Path) -> None:
        self.name = path.name
        self.regions: list[Region] = []
        self._folder, self._home = folder, path.parent.resolve().relative_to(folder.resolve())
        self._defines: dict[str, str] = {}
        self._open: dict[str, dict[str, str]] = {level: {} for level in _LEVELS}
        self._control: dict[str, str] = {}
        self._header = ""
        self._bytes = self._files = self._expansion = 0
        self._read(path, 0)
        self._close()
        if not self.regions:
            raise DataError(f"{self.name}: no <region>.", "Give an SFZ instrument.")

    @property
    def control(self) -> Mapping[str, str]:
        """What <control> said last."""
        return self._control

    def place(self, name: str) -> Path:
        """The file that a region's `sample` names; DataError where it lies outside the folder."""
        return inside(self._folder, f"{self._home.as_posix()}/{name}" if _is_plain(name) else name, self.name)

    def _read(self, path: Path, depth: int) -> None:
        self._files += 1
        if depth > _DEEPEST or self._files > _MOST_FILES:
            raise DataError(f"{self.name}: #include goes too deep or round in circles ({self._files} files).")
        try:
            with path.open("rb") as file:
                data = file.read(_MOST_BYTES + 1 - self._bytes)
        except OSError as fault:
            raise DataError(f"{path.name}: cannot be read ({fault.strerror}).", "Give a .sfz file.") from fault
        self._bytes += len(data)
        if self._bytes > _MOST_BYTES:
            raise DataError(f"{self.name}: more than {_MOST_BYTES >> 20} MB of text.", "This is no SFZ instrument.")
        for line in _uncommented(data.decode("utf-8", errors="replace").replace("\r", "\n")).split("\n"):
            if len(line) > _LONGEST_LINE:
                raise DataError(f"{self.name}: a line of {len(line)} characters.", "This is no SFZ instrument.")
            if line.strip():
                self._line(line, depth)

    def _line(self, line: str, depth: int) -> None:
        if line.lstrip().startswith("#define"):
            for name, value in _DEFINE.findall(line):
                self._defines[name] = self._expanded(value)
            if len(self._defines) > _MOST_DEFINES:
                raise DataError(f"{self.name}: more than {_MOST_DEFINES} #defines.", "This is no SFZ instrument.")
            return
        line = self._expanded(line)
        tokens = list(_TOKEN.finditer(line))
        ends = [*(token.start() for token in tokens[1:]), len(line)]
        for token, end in zip(tokens, ends, strict=False):
            include, header, opcode = token.groups()
            if include is not None:
                self._read(self.place(include), depth + 1)
            elif header is not None:
                self._enter(header.lower())
            else:
                self._set(_OTHER_NAMES.get(opcode, opcode), line[token.end() : end].strip())

    def _expanded(self, text: str) -> str:
        """Variables replaced once; a name may be followed by letters that are not its own."""
        if "$" not in text or not self._defines:
            return text

        def value(match: re.Match[str]) -> str:
            word = match.group()
            for length in range(len(word), 1, -1):
                if word[:length] in self._defines:
                    return self._defines[word[:length]] + word[length:]
            return word

        grown = _VARIABLE.sub(value, text)
        self._expansion += len(grown)
        if len(grown) > _LONGEST_LINE or self._expansion > _MOST_EXPANDED:
            raise DataError(f"{self.name}: its #defines grow without bounds.", "This is no SFZ instrument.")
        return grown

    def _enter(self, header: str) -> None:
        self._close()
        self._header = header
        if header in _LEVELS:
            for level in _LEVELS[_LEVELS.index(header) :]:
                self._open[level] = {}

    def _set(self, opcode: str, value: str) -> None:
        if self._header == "control":
            self._control[opcode] = value
        elif self._header in _LEVELS:
            if opcode == "sample" and not value.startswith("*"):
                value = self._control.get("default_path", "") + value
            self._open[self._header][opcode] = value
            if len(self._open[self._header]) > _MOST_OPCODES:
                raise DataError(f"{self.name}: a header with over {_MOST_OPCODES} opcodes.", "This is no SFZ file.")

    def _close(self) -> None:
        if self._header == "region":
            if len(self.regions) >= _MOST_REGIONS:
                raise DataError(f"{self.name}: more than {_MOST_REGIONS} regions.", "This is no SFZ instrument.")
            self.regions.append({k: v for level in _LEVELS for k, v in self._open[level].items()})
            self._open["region"] = {}
        self._header = ""


def _uncommented(text: str) -> str:
    kept: list[str] = []
    at = 0
    while (found := _COMMENT.search(text, at)) is not None:
        kept.append(text[at : found.start()])
        block = found.group() == "/*"
        end = text.find("*/" if block else "\n", found.end())
        at = len(text) if end < 0 else end + 2 * block
    return " ".join((*kept, text[at:]))


def _is_plain(name: str) -> bool:
    """Does the name count from the instrument's own folder? (What does not is refused by `inside`.)"""
    return not (name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name))


def names(regions: list[Region]) -> Iterator[str]:
    """Every sample file named, once, in order of first mention."""
    yield from dict.fromkeys(r["sample"] for r in regions if r.get("sample", "*")[:1] != "*")
