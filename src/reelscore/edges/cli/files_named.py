"""Files named in a line of talk: typed, quoted, dropped on a terminal, copied from a browser, with blanks in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

MEDIA = frozenset(
    [
        ".mp4",
        ".m4v",
        ".mov",
        ".avi",
        ".webm",
        ".mkv",
        ".mpg",
        ".mpeg",
        ".ts",
        ".mts",
        ".3gp",
        ".gif",
        ".webp",
        ".png",
        ".jpg",
        ".jpeg",
        ".bmp",
        ".tif",
        ".tiff",
        ".heic",
        ".wav",
        ".mp3",
        ".m4a",
        ".aac",
        ".flac",
        ".ogg",
        ".oga",
        ".opus",
        ".aif",
        ".aiff",
        ".wma",
    ]
)
TEXTS = frozenset((".srt", ".vtt", ".lrc", ".txt"))


def is_known(path: Path) -> bool:
    return path.suffix.lower() in MEDIA or path.suffix.lower() in TEXTS


def path_of(word: str) -> Path:
    """A path as it is typed, dropped on a terminal, or copied from a browser."""
    plain = word.strip()
    if len(plain) > 1 and plain[0] == plain[-1] and plain[0] in "'\"":
        plain = plain[1:-1]
    if plain.startswith("file://"):
        plain = unquote(urlsplit(plain).path)
    try:
        return Path(plain.replace("\\ ", " ")).expanduser() if len(plain) < 1000 else Path()
    except RuntimeError:  # no such home
        return Path()


def words_and_files(line: str) -> list[str]:
    """Words; what stands in quotes is one, with its quotes, and so is the name of a file that has blanks in it."""
    words = re.findall(r"\"[^\"]*\"|'[^']*'|(?:\\ |\S)+", line)
    joined: list[str] = []
    at = 0
    while at < len(words):
        end = next((n for n in range(min(len(words), at + 9), at + 1, -1) if _is_file(" ".join(words[at:n]))), at + 1)
        joined.append(" ".join(words[at:end]))
        at = end
    return joined


def is_here(path: Path) -> bool:
    """Is there such a file? A message is longer than a file's name may be, and names none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _is_file(words: str) -> bool:
    path = path_of(words)
    return is_known(path) and is_here(path)


def without_folders(line: str, files: Sequence[Path]) -> str:
    """The message with files called by their names, as the timeline knows them."""
    for path in files:
        for form in (f'"{path}"', f"'{path}'", str(path).replace(" ", "\\ "), str(path)):
            line = line.replace(form, path.name)
    return line
