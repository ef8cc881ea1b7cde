"""Decompression within bounds: gzip and deflate only, piece by piece, so that no bomb ever unfolds. Pure."""

from __future__ import annotations

import zlib

PIECE = 65536
LAYERS = 3
GZIP = b"\x1f\x8b"


class BodyError(Exception):
    """The body cannot be used: `too_large`, or in an encoding that we did not ask for or that is broken."""

    def __init__(self, message: str, *, too_large: bool = False) -> None:
        super().__init__(message)
        self.too_large = too_large


def decode(raw: bytes, content_encoding: str, limit: int) -> bytes:
    """Undoes `Content-Encoding`, and gzip that nobody declared (files served as they lie, layers put on twice).

    Raises BodyError for what is broken, cut short, longer than `limit` bytes, or neither gzip nor deflate.
    """
    if not raw:
        return raw
    data, layers = raw, 0
    for coding in reversed([coding.strip().lower() for coding in content_encoding.split(",")]):
        if coding in {"", "identity"} or not data:
            continue
        if coding not in {"gzip", "x-gzip", "deflate"}:
            raise BodyError(f"Content-Encoding {coding[:40]!r} was not asked for")
        # Some servers declare what they did not do.
        if not (coding != "deflate" and _looks_plain(data)):
            data, layers = _layer(data, limit, layers)
    while data.startswith(GZIP):
        data, layers = _layer(data, limit, layers)
    if len(data) > limit:
        raise BodyError(f"more than {limit} bytes", too_large=True)
    return data


def _layer(data: bytes, limit: int, layers: int) -> tuple[bytes, int]:
    if layers == LAYERS:
        raise BodyError(f"compressed more than {LAYERS} times over")
    return _inflate(data, limit), layers + 1


def _looks_plain(data: bytes) -> bool:
    return not data.startswith(GZIP) and data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")[:1] in {b"<", b"{"}


def _inflate(data: bytes, limit: int) -> bytes:
    """One layer; gzip members that follow each other are joined, other trailing bytes ignored as browsers do."""
    pieces: list[bytes] = []
    size = 0
    stream = _stream(data)
    while data:
        try:
            piece = stream.decompress(data, PIECE)
        except zlib.error as error:
            raise BodyError(f"broken compression: {error}") from error
        size += len(piece)
        if size > limit:
            raise BodyError(f"more than {limit} bytes after decompression", too_large=True)
        pieces.append(piece)
        data = stream.unconsumed_tail
        if stream.eof:
            data = stream.unused_data if stream.unused_data.startswith(GZIP) else b""
            if data:
                stream = _stream(data)
        elif not data and not piece:
            break
    if not stream.eof and not _drained(stream, pieces, size, limit):
        raise BodyError("compressed body cut short")
    return b"".join(pieces)


def _drained(stream: zlib._Decompress, pieces: list[bytes], size: int, limit: int) -> bool:
    """What the stream still holds when its input is used up; whether its end was among it."""
    while piece := stream.decompress(b"", PIECE):
        size += len(piece)
        if size > limit:
            raise BodyError(f"more than {limit} bytes after decompression", too_large=True)
        pieces.append(piece)
    return stream.eof


def _stream(data: bytes) -> zlib._Decompress:
    """Gzip and zlib by their headers; else raw deflate, which is what some servers send as "deflate"."""
    try:
        zlib.decompressobj(47).decompress(data[:64], 1)
    except zlib.error:
        return zlib.decompressobj(-15)
    return zlib.decompressobj(47)
