"""multipart/form-data straight to disk: a request of any size takes a few hundred kilobytes of memory.

The body is parsed as it comes, in a thread and in small slices, so that neither the disk nor the parser holds up other
requests. Each file goes into a draft of the blob store; a request that breaks off, is too large or too odd leaves none.
A body must stay below the size of the largest file (a little more for its own lines), so that one which announces too
much is refused before it is read. https://www.rfc-editor.org/rfc/rfc7578
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from starlette.requests import ClientDisconnect
from streaming_form_data import ParseFailedException, StreamingFormDataParser
from streaming_form_data.parser import parse_content_boundary
from streaming_form_data.targets import BaseTarget

from reelscore.edges.accounts.plans import too_large
from reelscore.edges.api.filenames import clean_name
from reelscore.edges.api.upload_threads import in_upload_thread
from reelscore.edges.storage.blobs import Blobs, Draft
from reelscore.errors import DataError, TooLargeError

FILE_FIELDS = ("files", "file", "files[]")
MOST_FILES = 100  # of one request
IDLE_S = 60.0  # a client may be silent so long
OVERHEAD = 1_000_000  # bytes of a body that are no file's
_LONGEST_FIELD, _MOST_FIELDS = 8192, 50
_LONGEST_BOUNDARY = 200
_HEADERS = 65_536  # bytes between files that are held at most
_TAIL = 4096  # last bytes in which the end of the form is looked for
_SLICE, _GATHERED = 1 << 16, 1 << 19
_DRAIN_S, _DRAIN_BYTES = 3.0, 64_000_000
_ADVICE = 'Send multipart/form-data with one or more files in the field "files".'


@dataclass(slots=True)
class Form:
    """What a request brought: files in drafts, and its other fields."""

    files: list[tuple[str, Draft]] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)


@contextmanager
def form_of(blobs: Blobs) -> Iterator[tuple[Form, ExitStack]]:
    """A form whose drafts are gone at the end, but for those that were kept."""
    with ExitStack() as drafts:
        yield Form(), drafts


async def read_form(
    request: Request, blobs: Blobs, cap: int, form: Form, drafts: ExitStack, fields: Sequence[str] = ()
) -> None:
    """Fill the form from the request: its files, and the texts of these fields and of those that name a session; others
    are passed over. Raises TooLargeError, DataError, and what breaks off a connection."""
    check_announced(request, cap + OVERHEAD, cap)
    intake = _Intake(blobs, cap, form, drafts)
    parser = _parser(request.headers.get("content-type", ""), intake, fields)
    received = 0
    async for block in gathered(request):
        received += len(block)
        if received > cap + OVERHEAD:
            raise too_large(cap)
        await in_upload_thread(_feed, parser, intake, block)
    if intake.open or not intake.closed():
        raise DataError("The upload broke off before its end.", "Send it again, or use a resumable upload.")


def check_announced(request: Request, most: int, cap: int) -> None:
    """Raises TooLargeError for a body that says of itself that it is too large."""
    said = request.headers.get("content-length", "")
    if said.isascii() and said.isdigit() and int(said[:30]) > most:
        raise too_large(cap)


async def drain(request: Request) -> None:
    """Read on for a moment what nobody wants, so that the client, which is still sending, gets to see the answer. One
    that asked whether to send at all is not told to."""
    if "expect" in request.headers:
        return
    left = _DRAIN_BYTES
    try:
        async with asyncio.timeout(_DRAIN_S):
            async for block in request.stream():
                left -= len(block)
                if left < 0:
                    return
    except Exception:
        return


async def gathered(request: Request) -> AsyncIterator[bytes]:
    """The body in pieces of about half a megabyte; what came before a connection broke comes too. Raises DataError when
    it broke, or nothing came for a minute."""
    held: list[bytes] = []
    size = 0
    problem = ""
    blocks = request.stream()
    while not problem:
        try:
            async with asyncio.timeout(IDLE_S):
                block = await anext(blocks)
        except StopAsyncIteration:
            break
        except ClientDisconnect:
            problem = "The connection broke."
        except TimeoutError:
            problem = f"Nothing came for {IDLE_S:g} seconds."
        else:
            held.append(block)
            size += len(block)
            if size >= _GATHERED:
                yield b"".join(held)
                held, size = [], 0
    if held:
        yield b"".join(held)
    if problem:
        raise DataError(problem, "Send it again, or use a resumable upload.")


class _Intake:
    """Where parts go, and how much of the body was theirs."""

    def __init__(self, blobs: Blobs, cap: int, form: Form, drafts: ExitStack) -> None:
        self.blobs, self.cap, self.form, self.drafts = blobs, cap, form, drafts
        self.fed = self.delivered = self.parts = 0
        self.open = False
        self.tail = b""
        self.closing = b"--"

    def begin(self) -> None:
        self.parts += 1
        if self.parts > MOST_FILES + _MOST_FIELDS:
            raise DataError(f"The form has more than {self.parts - 1} parts.", "Send fewer at once.")
        self.open = True

    def file(self, name: str | None) -> Draft:
        if len(self.form.files) >= MOST_FILES:
            raise DataError(f"More than {MOST_FILES} files came at once.", "Send them in several requests.")
        draft = self.drafts.enter_context(self.blobs.draft())
        self.form.files.append((clean_name(_spelt_out(name)), draft))
        return draft

    def closed(self) -> bool:
        """Whether the form's last line came."""
        return self.closing in self.tail

    def took(self, piece: bytes) -> None:
        """Raises DataError when what is held between files grows without end."""
        self.tail = (self.tail + piece)[-_TAIL:]
        if self.fed - self.delivered > _HEADERS + 2048 * self.parts:
            raise DataError("The lines between the files have no end.", _ADVICE)


class _Part(BaseTarget):  # type: ignore[misc]
    """The parts of one field, one after another."""

    def __init__(self, intake: _Intake) -> None:
        super().__init__()
        self.intake = intake

    def on_start(self) -> None:
        self.intake.begin()

    def on_data_received(self, chunk: bytes) -> None:
        self.intake.delivered += len(chunk)

    def on_finish(self) -> None:
        self.intake.open = False


class _File(_Part):
    """A field of files."""

    draft: Draft | None = None

    def on_start(self) -> None:
        super().on_start()
        self.draft = self.intake.file(self.multipart_filename)

    def on_data_received(self, chunk: bytes) -> None:
        super().on_data_received(chunk)
        assert self.draft is not None
        if self.draft.size + len(chunk) > self.intake.cap:
            raise too_large(self.intake.cap)
        self.draft.write(chunk)


class _Words(_Part):
    """Any other field: its text is kept if it is short."""

    def __init__(self, intake: _Intake, name: str) -> None:
        super().__init__(intake)
        self.name, self.held = name, bytearray()

    def on_start(self) -> None:
        super().on_start()
        self.held.clear()

    def on_data_received(self, chunk: bytes) -> None:
        super().on_data_received(chunk)
        if len(self.held) + len(chunk) > _LONGEST_FIELD:
            raise TooLargeError(f'The field "{self.name}" is longer than {_LONGEST_FIELD} bytes.', _ADVICE)
        self.held += chunk

    def on_finish(self) -> None:
        super().on_finish()
        self.intake.form.fields[self.name] = self.held.decode("utf-8", "replace").strip()


def _spelt_out(name: str | None) -> str | None:
    """Browsers and curl write a quotation mark in a name as %22, and only that and line ends (the HTML standard)."""
    return name.replace("%22", '"') if name else name


def _parser(said: str, intake: _Intake, fields: Sequence[str]) -> StreamingFormDataParser:
    if len(said) > _LONGEST_BOUNDARY + 100:
        raise DataError("The boundary of the form is endless.", _ADVICE)
    try:
        parser: Any = StreamingFormDataParser(headers={"Content-Type": said})
        intake.closing = b"--" + parse_content_boundary({"Content-Type": said}) + b"--"
    except (ParseFailedException, ValueError, UnicodeError, LookupError, AttributeError, TypeError):
        raise DataError("This is no form with files.", _ADVICE) from None
    for name in FILE_FIELDS:
        parser.register(name, _File(intake))
    for name in dict.fromkeys(("session_id", "project_id", "source_type", *fields)):
        parser.register(name, _Words(intake, name))
    parser.register("*", _Part(intake), matches=lambda *_: True)
    return parser


def _feed(parser: StreamingFormDataParser, intake: _Intake, block: bytes) -> None:
    view = memoryview(block)
    for start in range(0, len(view), _SLICE):
        piece = bytes(view[start : start + _SLICE])
        intake.fed += len(piece)
        try:
            parser.data_received(piece)
        except (ParseFailedException, UnicodeError, ValueError, AttributeError, LookupError, TypeError) as fault:
            raise DataError("The form cannot be read.", f"{_ADVICE} Names of files are UTF-8.") from fault
        intake.took(piece)
