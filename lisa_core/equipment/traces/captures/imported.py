"""A capture as a recording: the device that is meant, its line, and its entries, masked as if heard here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lisa_core.equipment.lines.tapped.request import HttpQuestion
from lisa_core.equipment.traces.captures.choice import device_in
from lisa_core.equipment.traces.captures.exchanges import HttpExchange, exchanges
from lisa_core.equipment.traces.captures.streams import CaptureError, Party, Piece, Stream, Transport
from lisa_core.equipment.traces.captures.telnet import line_bytes, speaks_telnet
from lisa_core.equipment.traces.captures.tshark import read_capture, with_bytes
from lisa_core.equipment.traces.entries import About, Content, EntryKind, TraceEntry
from lisa_core.equipment.traces.masks.mask import Mask
from lisa_core.equipment.traces.recorder import about_reply
from lisa_core.host.address import Grammar, place_of

HTTP_SCHEMES, STREAM_SCHEMES = ("http", "ipp"), ("socket", "rfc2217", "tcp")
LOST = {"code": "link.lost", "why": "die Verbindung endete (im Mitschnitt)"}
USB_LINE = "/dev/ttyACM0"
"""How a line at USB is called in a recording: a capture does not know its path."""
_TLS = (b"\x16\x03", b"\x17\x03\x03")
"""Records of TLS: handshake and data (RFC 8446, 5.1)."""
_ESCL = ("ScannerCapabilities", "ScannerStatus", "ScanJobs")


@dataclass(frozen=True, slots=True)
class CaptureRecording:
    """What a recording needs. `notes`: what is to be told of it, a sentence for each."""

    binding: str
    party: Party
    begun_us: int
    entries: tuple[TraceEntry, ...]
    notes: tuple[str, ...] = ()


async def imported(path: Path, grammar: Grammar, mask: Mask, wanted: str = "") -> CaptureRecording:
    """The device in this capture that a driver with this grammar speaks with; `wanted` as in `device_in`.

    Raises `CaptureError` with the file, `MachineError` where the program that reads captures is missing.
    """
    listing, broken = await read_capture(path)
    try:
        party, streams = device_in(listing, transports(grammar), wanted, usual_ports(grammar))
    except CaptureError as error:
        raise CaptureError(f"{broken or path}{' ' if broken else ': '}{error}") from None
    streams = await with_bytes(path, streams)
    try:
        if party.host in listing.converters:
            text = f"Im Gerät {party} setzt ein Wandler von FTDI eigene Bytes dazwischen. Am Gerät aufnehmen."
            raise CaptureError(text)
        found = recording_of(streams, party, grammar, mask)
    except CaptureError as error:
        raise CaptureError(f"{path}: {error}") from None
    short = f"{listing.shortened} Pakete sind gekürzt (snaplen)." if listing.shortened else ""
    notes = (f"{path}: {note}" for note in (short, *found.notes) if note)
    return replace(found, notes=tuple(filter(None, (broken, *notes))))


def recording_of(streams: Sequence[Stream], party: Party, grammar: Grammar, mask: Mask) -> CaptureRecording:
    """What was said with this device, as entries from the first packet on. Pure. Raises `CaptureError`."""
    clear, notes = _in_clear(streams, party)
    binding, entries = _entries(clear, party, grammar, mask)
    begun_us = min(one.begun_us for one in clear)
    entries = [replace(one, at_us=max(0, one.at_us - begun_us)) for one in entries]
    holes = (f"In der Verbindung von {one.near} {one.hole}; sie gilt bis dahin." for one in clear if one.hole)
    return CaptureRecording(binding, party, begun_us, tuple(entries), (*holes, *notes))


def transports(grammar: Grammar) -> frozenset[Transport]:
    """What carries the lines of this grammar, of what a capture can hold."""
    schemes = frozenset(grammar.ports)
    tcp = schemes.intersection(HTTP_SCHEMES + STREAM_SCHEMES)
    found = {Transport.TCP: bool(tcp), Transport.UDP: "udp" in schemes, Transport.USB: grammar.device}
    return frozenset(one for one, there in found.items() if there)


def usual_ports(grammar: Grammar) -> frozenset[int]:
    """The ports that its devices have when nobody says otherwise."""
    return frozenset(filter(None, grammar.ports.values()))


def _in_clear(streams: Sequence[Stream], party: Party) -> tuple[list[Stream], tuple[str, ...]]:
    """Those that can be read."""
    spoken = [one for one in streams if one.pieces]
    clear = [one for one in spoken if not one.pieces[0].data.startswith(_TLS)]
    secret = len(spoken) - len(clear)
    silent = [one for one in streams if not one.pieces]
    if not spoken:
        raise CaptureError(f"Mit {party} wurde verbunden, aber nichts gesprochen. Länger mitschneiden.")
    if not clear:
        raise CaptureError(
            f"Was mit {party} gesprochen wurde, ist verschlüsselt (TLS); der Schlüssel steht nicht darin. "
            "Das Gerät ohne TLS ansprechen (http, ipp), oder mit lisa record am Gerät aufnehmen."
        )
    return [*clear, *silent], (f"{secret} verschlüsselte Verbindungen (TLS) mit {party} fehlen.",) if secret else ()


def _entries(streams: list[Stream], party: Party, grammar: Grammar, mask: Mask) -> tuple[str, list[TraceEntry]]:
    """The address as a driver would have it, and all entries with times since 1970."""
    scheme = next((one for one in HTTP_SCHEMES if one in grammar.ports), "")
    if scheme:
        return _questions(streams, party, scheme, mask)
    if party.port == 0:
        return USB_LINE, list(_line(streams, mask))
    where = place_of(party.host, party.port)
    if streams[0].transport is Transport.UDP:
        return f"udp://{where}", list(_line(streams, mask))
    if not grammar.device:
        talks = sorted(streams, key=lambda one: one.begun_us)
        return f"socket://{where}", [entry for one in talks for entry in _dialogue(one, mask)]
    if any(speaks_telnet(one.pieces) for one in streams):
        plain = [replace(one, pieces=tuple(line_bytes(one.pieces))) for one in streams]
        return f"rfc2217://{where}", list(_line(plain, mask))
    network = "tcp" in grammar.ports and any(map(_is_modbus_tcp, streams))
    return f"{'tcp' if network else 'socket'}://{where}", list(_line(streams, mask))


def _is_modbus_tcp(stream: Stream) -> bool:
    """Whether the first question has the head of Modbus TCP (MODBUS Messaging on TCP/IP 1.0b, 3.1.3)."""
    data = next((one.data for one in stream.pieces if not one.came), b"")
    return data[2:4] == b"\x00\x00" and int.from_bytes(data[4:6], "big") == len(data) - 6


# --- lines ------------------------------------------------------------------------------------------------------------


def _line(streams: Sequence[Stream], mask: Mask) -> Iterator[TraceEntry]:
    """A line that is opened once, and there again each time it was connected anew."""
    mask.renewed()
    ordered = sorted(streams, key=lambda one: one.begun_us)
    yield TraceEntry(ordered[0].begun_us, EntryKind.OPEN)
    until_us = ordered[0].begun_us
    for stream in (one for one in ordered if one.pieces or one is ordered[0]):
        if stream is not ordered[0]:
            mask.renewed()
            until_us = max(until_us, stream.begun_us)
            yield TraceEntry(until_us, EntryKind.LOST, about=LOST)
            yield TraceEntry(until_us, EntryKind.AGAIN)
        for piece in stream.pieces:
            until_us = max(until_us, piece.at_us)
            yield from _said(replace(piece, at_us=until_us), mask)
        if stream.hole:
            yield TraceEntry(until_us, EntryKind.GAP, about={"count": 1})
    if ordered[0].transport is not Transport.UDP:
        yield TraceEntry(until_us, EntryKind.CLOSE)


def _said(piece: Piece, mask: Mask) -> Iterator[TraceEntry]:
    kind, masked = (EntryKind.CAME, mask.came) if piece.came else (EntryKind.SENT, mask.sent)
    yield from (TraceEntry(piece.at_us, kind, content) for content in masked(piece.data))


def _dialogue(stream: Stream, mask: Mask) -> Iterator[TraceEntry]:
    """One connection for each job, with the word of each side that there is no more."""
    mask.renewed()
    yield TraceEntry(stream.begun_us, EntryKind.OPEN)
    sent = [one for one in stream.pieces if not one.came]
    events: list[tuple[int, int, Iterable[TraceEntry]]] = []
    for number, piece in enumerate(stream.pieces):
        events.append((piece.at_us, number, _said(piece, mask)))
    last = len(stream.pieces)
    ends = sorted(stream.ends, key=lambda one: one.at_us)
    spoken = {one.came: one.at_us for one in stream.pieces}  # two ways of printing a time differ by its last digit
    ends = [replace(one, at_us=max(one.at_us, spoken.get(one.came, 0))) for one in ends]
    if sent or (ends and ends[0].came):  # else who opened it only looked whether somebody is there
        events += [(end.at_us, last, _ended(end.at_us, end.came, end.reset, mask)) for end in ends]
    whole = bool(sent) and not stream.hole and not any(end.reset for end in stream.ends if end.came)
    at_us = stream.begun_us
    for _, _, entries in sorted(events, key=lambda one: one[:2]):
        for entry in entries:
            at_us = max(at_us, entry.at_us)
            yield replace(entry, at_us=at_us)
    yield from (TraceEntry(at_us, EntryKind.CAME, content) for content in mask.rest())
    if whole:
        yield TraceEntry(at_us, EntryKind.ENDED, about={"ok": True})
    yield TraceEntry(at_us, EntryKind.CLOSE)


def _ended(at_us: int, came: bool, reset: bool, mask: Mask) -> Iterator[TraceEntry]:
    if came:
        rest: Sequence[Content] = mask.rest()
        yield from (TraceEntry(at_us, EntryKind.CAME, content) for content in rest)
        if reset:
            yield TraceEntry(at_us, EntryKind.LOST, about={"why": "ConnectionResetError"})
        else:
            yield TraceEntry(at_us, EntryKind.CAME)


def _questions(streams: list[Stream], party: Party, scheme: str, mask: Mask) -> tuple[str, list[TraceEntry]]:
    address = f"http://{place_of(party.host, party.port)}/"
    found = sorted((one for stream in streams for one in exchanges(stream, address)), key=lambda one: one.asked_us)
    base = _base([one.question for one in found], scheme)
    meant = [one for one in found if one.question.path == base or one.question.path.startswith(f"{base}/")]
    if not meant:
        kind = "eSCL" if scheme == "http" else "IPP"
        raise CaptureError(f"Von {party} wurde nichts über {kind} gefragt. --port oder --driver prüfen.")
    moments: list[tuple[int, int, HttpExchange, bool]] = []
    for number, one in enumerate(meant, 1):
        moments += [(one.asked_us, number, one, False), (max(one.answered_us, one.asked_us), number, one, True)]
    moments.sort(key=lambda moment: (moment[0], moment[3], moment[1]))
    entries = [_moment(at_us, number, one, mask, answers) for at_us, number, one, answers in moments]
    return f"{scheme}://{place_of(party.host, party.port)}{base}", entries


def _moment(at_us: int, number: int, one: HttpExchange, mask: Mask, answers: bool) -> TraceEntry:
    asked, reply = one.question, one.reply
    if not answers:
        words = {"type": asked.media_type} if asked.media_type else {}
        about: About = {**words, "n": number, "method": asked.method, "path": asked.path}
        return TraceEntry(at_us, EntryKind.ASKED, mask.asked(asked), about)
    if reply is None:
        return TraceEntry(at_us, EntryKind.FAULT, about={**LOST, "n": number})
    return TraceEntry(at_us, EntryKind.ANSWERED, mask.answered(asked, reply), {**about_reply(reply), "n": number})


def _base(asked: Sequence[HttpQuestion], scheme: str) -> str:
    """The path under which the device is: that of its scanner, or of its printer."""
    if scheme == "ipp":
        posts = (one.path for one in asked if one.method == "POST" and one.media_type == "application/ipp")
        return next(posts, "/ipp/print")
    for one in asked:
        above, _, name = one.path.rpartition("/")
        if name in _ESCL:
            return above
    return "/eSCL"
