"""Files that lie, point elsewhere or explode, made by script.

`HOSTILE` maps a case to the bytes of its file, given the name of a sibling file and the address of a server that it
tries to get read. Each must be refused.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable


def box(name: bytes, *parts: bytes) -> bytes:
    """An ISO media box."""
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), name) + body


def image_bomb(width: int = 15_000, height: int = 15_000) -> bytes:
    """A PNG of one colour: small in the file, hundreds of megabytes decoded."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    packer = zlib.compressobj(1)
    row = b"\0" * (1 + (width + 7) // 8)  # one bit a pixel in the file
    rows = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def gif(width: int, height: int, frames: int, frame_width: int = 1, frame_height: int = 1) -> bytes:
    """A GIF with a large canvas, or with very many frames of one pixel on it."""
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    control = b"\x21\xf9\x04\x00\x02\x00\x00\x00"
    picture = b"\x2c" + struct.pack("<HHHHB", 0, 0, frame_width, frame_height, 0) + b"\x02\x02\x44\x01\x00"
    return head + (control + picture) * frames + b"\x3b"


def pointing_movie(film: bytes, sibling: str) -> bytes:
    """A film without its data, which its index says to lie in a sibling: the film it was made from."""
    index = film.index(b"moov") - 4
    movie = film[index : index + struct.unpack(">I", film[index : index + 4])[0]]
    own = b"\0\0\0\x0curl \0\0\0\x01"
    there = box(b"url ", b"\0\0\0\0", sibling.encode() + b"\0")
    while (at := movie.find(own)) >= 0:
        for name in (b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref"):
            place = movie.rindex(name, 0, at) - 4
            size = struct.unpack(">I", movie[place : place + 4])[0] + len(there) - len(own)
            movie = movie[:place] + struct.pack(">I", size) + movie[place + 4 :]
        movie = movie[:at] + there + movie[at + len(own) :]
    return film[: struct.unpack(">I", film[:4])[0]] + movie


HLS = """#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:2
#EXTINF:2,
{target}
#EXT-X-ENDLIST
"""

DASH = """<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011" type="static"
 mediaPresentationDuration="PT2S"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1000">
<BaseURL>{target}</BaseURL></Representation></AdaptationSet></Period></MPD>
"""

SDP = """v=0
o=- 0 0 IN IP4 127.0.0.1
s=x
c=IN IP4 127.0.0.1
t=0 0
m=video 5004 RTP/AVP 96
a=rtpmap:96 H264/90000
"""

SVG = """<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="64" height="64">
<image width="64" height="64" xlink:href="{target}"/></svg>
"""

HOSTILE: dict[str, Callable[[str, str], bytes]] = {
    "text": lambda sibling, server: b"This is not a film.\n",
    "web page": lambda sibling, server: f'<html><video src="{server}/film.mp4"></video></html>'.encode(),
    "noise": lambda sibling, server: bytes((n * n * 31 + n) % 251 for n in range(20_000)),
    "ffconcat": lambda sibling, server: f"ffconcat version 1.0\nfile {sibling}\n".encode(),
    "ffconcat to a server": lambda sibling, server: f"ffconcat version 1.0\nfile {server}/film.mp4\n".encode(),
    "hls": lambda sibling, server: HLS.format(target=sibling).encode(),
    "hls to a server": lambda sibling, server: HLS.format(target=f"{server}/film.ts").encode(),
    "dash": lambda sibling, server: DASH.format(target=sibling).encode(),
    "dash to a server": lambda sibling, server: DASH.format(target=f"{server}/film.mp4").encode(),
    "sdp": lambda sibling, server: SDP.encode(),
    "svg": lambda sibling, server: SVG.format(target=sibling).encode(),
    "m3u": lambda sibling, server: f"#EXTM3U\n{sibling}\n{server}/song.mp3\n".encode(),
    "pls": lambda sibling, server: f"[playlist]\nFile1={server}/song.mp3\nNumberOfEntries=1\n".encode(),
    "asx": lambda sibling, server: f'<asx version="3.0"><entry><ref href="{server}/x"/></entry></asx>'.encode(),
    "no streams": lambda sibling, server: box(b"ftyp", b"isom\0\0\0\0isom") + box(b"moov", box(b"mvhd", b"\0" * 100)),
    "only a header": lambda sibling, server: box(b"ftyp", b"isom\0\0\0\0isom"),
    "matroska header": lambda sibling, server: b"\x1a\x45\xdf\xa3\x84\x42\x86\x81\x01" + b"\0" * 50,
    "wave header": lambda sibling, server: b"RIFF\x24\0\0\0WAVEfmt ",
    "png header": lambda sibling, server: b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
    "jpeg header": lambda sibling, server: b"\xff\xd8\xff\xe0" + b"\0" * 40,
    "webp header": lambda sibling, server: b"RIFF\x24\0\0\0WEBPVP8X" + b"\xff" * 40,
    "image bomb": lambda sibling, server: image_bomb(),
    "gif bomb": lambda sibling, server: gif(11_000, 11_000, 5, 11_000, 11_000),
    "gif of too many frames": lambda sibling, server: gif(2000, 2000, 3000),
    "gif of far too many frames": lambda sibling, server: gif(8, 8, 30_000),
}
