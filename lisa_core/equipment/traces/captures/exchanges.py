"""HTTP on a connection of a capture: each question with its answer and the times of both, read by h11. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import h11

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.lines.http import reply_of, resolved
from lisa_core.equipment.lines.tapped.request import HttpQuestion, Reply
from lisa_core.equipment.traces.captures.streams import CaptureError, Piece, Stream

MOST_BODY = 64 * 1024 * 1024
_PACKED = ("gzip", "deflate")
_EITHER = 47
"""zlib's word for: find out by yourself whether this is gzip or zlib."""


@dataclass(frozen=True, slots=True)
class HttpExchange:
    """A question and what came back; `reply` None: nothing whole, up to the end of the connection at `answered_us`."""

    asked_us: int
    question: HttpQuestion
    answered_us: int
    reply: Reply | None = None


@dataclass(frozen=True, slots=True)
class _Message:
    at_us: int
    first: h11.Request | h11.Response
    body: bytes
    end_us: int

    @property
    def headers(self) -> Mapping[str, str]:
        return {name.decode("latin-1"): value.decode("latin-1") for name, value in self.first.headers}


def exchanges(stream: Stream, address: str) -> Iterator[HttpExchange]:
    """All on this connection, to the device at `address`. Raises `CaptureError` for what is no HTTP."""
    try:
        asked = list(_requests(stream))
        answered = _responses(stream, [one.first for one in asked])
        for question, response in zip(asked, _padded(answered, len(asked)), strict=True):
            end_us = max(question.end_us, stream.pieces[-1].at_us)
            whole = _question(question, address)
            if response is None:
                yield HttpExchange(question.at_us, whole, end_us)
            else:
                first = response.first
                assert isinstance(first, h11.Response)
                reply = reply_of(address, first.status_code, response.headers, _unpacked(response))
                yield HttpExchange(question.at_us, whole, response.end_us, reply)
    except (h11.ProtocolError, DeviceFault, ValueError) as error:
        misled = isinstance(error, DeviceFault)
        told = "eine Antwort nennt eine Adresse, die keine ist" if misled else "das ist kein HTTP"
        text = f"Die Verbindung von {stream.near} zu {stream.device} ist nicht zu lesen: {told}."
        raise CaptureError(text) from None


def _question(message: _Message, address: str) -> HttpQuestion:
    first = message.first
    assert isinstance(first, h11.Request)
    target = first.target.decode("latin-1").partition("?")[0]
    media_type = message.headers.get("content-type", "").partition(";")[0].strip().lower() if message.body else ""
    return HttpQuestion(first.method.decode("latin-1"), resolved(address, target), message.body, media_type)


def _requests(stream: Stream) -> Iterator[_Message]:
    """The questions; what stands before the first that has its beginning is of one that nobody captured whole."""
    pieces = [one for one in stream.pieces if not one.came]
    begun = next((at for at, one in enumerate(pieces) if _begins(one.data)), len(pieces))
    conn, rest = h11.Connection(h11.SERVER), _Growing()
    for piece in pieces[begun:]:
        conn.receive_data(piece.data)
        while (event := conn.next_event()) not in (h11.NEED_DATA, h11.PAUSED) and not isinstance(
            event, h11.ConnectionClosed
        ):
            if message := rest.grown(event, piece.at_us):
                yield message
                left, _ = conn.trailing_data
                conn = h11.Connection(h11.SERVER)
                if left:
                    conn.receive_data(left)


def _begins(data: bytes) -> bool:
    method, _, rest = data.partition(b" ")
    return method.isalpha() and method.isupper() and b" HTTP/1." in rest[:4096]


def _responses(stream: Stream, asked: Sequence[h11.Request | h11.Response]) -> Iterator[_Message]:
    """The answers to these, one after the other; the last may end with the connection."""
    first_us = next((one.at_us for one in stream.pieces if not one.came and _begins(one.data)), 0)
    pieces = [one for one in stream.pieces if one.came and one.at_us >= first_us]
    closed = any(end.came and not end.reset for end in stream.ends) and not stream.hole
    last = Piece(stream.pieces[-1].at_us, True, b"") if pieces and closed else None
    waiting = iter(asked)
    conn, rest = _client(next(waiting, None)), _Growing()
    for piece in (*pieces, *((last,) if last else ())):
        if conn is None:
            return
        conn.receive_data(piece.data)
        while conn is not None and (event := conn.next_event()) not in (h11.NEED_DATA, h11.PAUSED):
            if isinstance(event, h11.ConnectionClosed):
                return
            if message := rest.grown(event, piece.at_us):
                yield message
                left, _ = conn.trailing_data
                conn = _client(next(waiting, None))
                if conn is not None and left:
                    conn.receive_data(left)


def _client(asked: h11.Request | h11.Response | None) -> h11.Connection | None:
    """One that has asked this, and now waits for the answer."""
    if not isinstance(asked, h11.Request):
        return None
    conn = h11.Connection(h11.CLIENT)
    conn.send(h11.Request(method=asked.method, target=asked.target, headers=[("Host", "d")]))
    conn.send(h11.EndOfMessage())
    return conn


class _Growing:
    """A message while its parts come."""

    def __init__(self) -> None:
        self._at_us, self._body = 0, bytearray()
        self._first: h11.Request | h11.Response | None = None

    def grown(self, event: object, at_us: int) -> _Message | None:
        """The whole message, once this part was its last."""
        if isinstance(event, h11.Request | h11.Response):
            self._at_us, self._first = at_us, event
            self._body.clear()
        elif isinstance(event, h11.Data):
            self._body += event.data
            if len(self._body) > MOST_BODY:
                raise ValueError("too large")
        elif isinstance(event, h11.EndOfMessage) and self._first is not None:
            return _Message(self._at_us, self._first, bytes(self._body), at_us)
        return None


def _unpacked(message: _Message) -> bytes:
    """The body as it was before it was packed for the way; as it is where that cannot be undone within bounds."""
    if message.headers.get("content-encoding", "").lower() not in _PACKED:
        return message.body
    unpacking = zlib.decompressobj(_EITHER)
    try:
        body = unpacking.decompress(message.body, MOST_BODY)
    except zlib.error:
        return message.body
    return body if unpacking.eof else message.body


def _padded(messages: Iterator[_Message], count: int) -> Iterator[_Message | None]:
    """So many, with None for those that never came."""
    for _ in range(count):
        yield next(messages, None)
