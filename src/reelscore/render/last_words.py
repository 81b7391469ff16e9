"""What a failed run of the encoder means for the person, read from its exit code and its last words."""

from __future__ import annotations

import signal

from reelscore.errors import EncoderError, OutputError, ReelscoreError


def fault_of(code: int, late: bool, last_words: list[str]) -> ReelscoreError:
    """What a failed run means for the person."""
    said = " ".join(last_words)
    if late or -code == getattr(signal, "SIGXCPU", 0):
        return EncoderError("The encoder took too long and was stopped.", "Try a shorter or smaller film.")
    if "No space left" in said or "Disk quota" in said:
        return OutputError(
            "There is no room left where the result should go.", "Free some space or choose another disk."
        )
    if -code == getattr(signal, "SIGXFSZ", 0) or "File too large" in said:
        return OutputError("The result is larger than a file may be there.", "Choose another disk or a smaller format.")
    if "Permission denied" in said or "Read-only file system" in said:
        return OutputError("The result may not be written there.", "Choose another folder.")
    if "Cannot allocate memory" in said:
        return EncoderError("The encoder ran out of memory.", "Make the picture smaller first.")
    words = "; ".join(_plain(line) for line in last_words[-3:]) or f"it ended with code {code}"
    return EncoderError(f"The encoder failed: {words}.", "Convert the file to an ordinary mp4 and try again.")


def _plain(line: str) -> str:
    """One line of the encoder's own words: printable, without the address it puts in front, not endless."""
    text = "".join(c if c.isprintable() else " " for c in line)
    if text.startswith("[") and "] " in text:
        text = text.split("] ", 1)[1]
    return text.strip(" .")[:160]
