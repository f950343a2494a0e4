"""What a sound server says of its devices: `pactl --format=json list sources` or `sinks`, and its streams.

Source: pactl(1) of PulseAudio 16 and its `pactl.c`; PipeWire's server answers the same. Keys that are read:

    list sinks/sources     [{"index": 0, "name": "alsa_output.usb-…", "description": "…", "mute": false,
                             "volume": {"front-left": {"value": 65536, …}, …}, "flags": ["HARDWARE", …],
                             "monitor_source"/"monitor_of_sink": "…",
                             "properties": {"device.vendor.name": "…", "alsa.card": "1", …}}]
    list sink-inputs/…     [{"sink"/"source": 0, "mute": false, "volume": {…},
                             "properties": {"application.process.id": "4711"}}]
    subscribe              Event 'remove' on sink #0
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.domain.model.json_types import Json
from lisa_core.wire.json_text import read_json

MAX_BYTES = 4_000_000
_NO_NAMES = ("", "(null)")


@dataclass(frozen=True, slots=True)
class SoundDevice:
    """A source (it hears) or a sink (it is heard). `index` is the server's number, anew with each plugging in."""

    index: int
    name: str
    text: str = ""
    """What people call it."""
    muted: bool = False
    """Its sound is switched off, or turned down to nothing."""
    monitor: bool = False
    """It hears what a sink plays."""
    flags: frozenset[str] = frozenset()
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SoundStream:
    """A program's sound on its way. The server keeps for each program what was set of it once, also its being muted."""

    device: int
    """On which device it runs, by index."""
    muted: bool = False


def devices_of(data: bytes) -> tuple[SoundDevice, ...]:
    """All devices of an answer, in its order; what has no name or number is left out. Raises `ProtocolError`."""
    return tuple(
        SoundDevice(
            one["index"],
            one["name"],
            _text(one.get("description")),
            _is_muted(one),
            "monitor" in _properties(one).get("device.class", "") or _text(one["name"]).endswith(".monitor"),
            frozenset(filter(None, map(_text, one["flags"]))) if isinstance(one.get("flags"), list) else frozenset(),
            _properties(one),
        )
        for one in _rows(data)
        if _is_number(one.get("index")) and _text(one.get("name"))
    )


def stream_of(data: bytes, kind: str, process: int) -> SoundStream | None:
    """The stream of this process; None when it has none. `kind`: "sink", "source". Raises `ProtocolError`."""
    for one in _rows(data):
        if _properties(one).get("application.process.id") == str(process) and _is_number(one.get(kind)):
            return SoundStream(one[kind], _is_muted(one))
    return None


def concerns(line: bytes, kind: str) -> bool:
    """Whether a line of `subscribe` may mean that a device of this kind, or a stream on one, is not as it was."""
    stream = f" on {kind}-".encode() in line
    return stream or (
        b"'new'" not in line and any(word in line for word in (f" on {kind} #".encode(), b" on server", b" on card"))
    )


def _is_muted(one: Mapping[str, Json]) -> bool:
    """Switched off, or every channel turned down to nothing."""
    volume = one.get("volume")
    channels = [channel for channel in volume.values() if isinstance(channel, dict)] if isinstance(volume, dict) else []
    return one.get("mute") is True or (bool(channels) and all(channel.get("value") == 0 for channel in channels))


def _rows(data: bytes) -> Iterator[Mapping[str, Json]]:
    found = read_json(data, "pactl", max_bytes=MAX_BYTES)
    if not isinstance(found, list):
        raise ProtocolError("pactl: not a list")
    return (one for one in found if isinstance(one, dict))


def _properties(one: Mapping[str, Json]) -> Mapping[str, str]:
    found = one.get("properties")
    return {key: _text(value) for key, value in found.items()} if isinstance(found, dict) else {}


def _text(value: Json) -> str:
    return value if isinstance(value, str) and value not in _NO_NAMES else ""


def _is_number(value: Json) -> bool:
    return type(value) is int and value >= 0
