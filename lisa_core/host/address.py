"""Addresses as people write them into profiles and commands: read here only, each fault a sentence with its cure."""

from __future__ import annotations

import ipaddress
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.nearest import nearest
from lisa_core.host.renames import Word, renames_of

MAX_TEXT = 1024
"""No address is longer; a URL of 64 kB is refused by some library below with an error of its own."""
_LABEL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
_HID = re.compile(r"[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}(:\S+)?")
_FOLLOWS: Mapping[str, str] = {
    "pcsc": "der Name des Lesers",
    "hid": "das Gerät",
    "audio": "der Name des Geräts",
    "adapter": "der Befehl",
}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(#.*)?")


@dataclass(frozen=True, slots=True)
class Address:
    """A place on the network, or on this machine: then there is no host, and `path` is where.

    On the network `path` begins with "/" or is empty. The `scheme` of a device path is "".
    """

    scheme: str
    host: str = ""
    port: int = 0
    path: str = ""
    query: str = ""

    @property
    def place(self) -> str:
        """Host and port, as `place_of` writes them."""
        return place_of(self.host, self.port)


@dataclass(frozen=True, slots=True)
class Grammar:
    """What an address may be. `ports`: each `scheme://` with the port that holds where none is given (0: one must be).

    `places`: each `kind:` with an example of what follows it. `device`: a path that begins with "/" is one, too.
    `former`: schemes as they were called once, with the present name. `keys`: what may follow a "?", by scheme.
    """

    example: str
    ports: Mapping[str, int] = field(default_factory=dict)
    path: bool = False
    places: Mapping[str, str] = field(default_factory=dict)
    device: bool = False
    former: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    paths: tuple[str, ...] = ()
    """Schemes with a path, where `path` does not let all have one."""
    within: str = ""
    """The kind behind whose colon a network address may stand, of one of `ports`, or a place."""

    @property
    def forms(self) -> tuple[str, ...]:
        """How it may begin, for people."""
        device = ("ein Pfad, der mit „/“ beginnt",) if self.device else ()
        inside = f"{self.within}:" if self.within else ""
        return (*(f"{inside}{name}://" for name in self.ports), *(f"{kind}:" for kind in self.places), *device)


_LEVELS = ("debug", "info", "warning", "error")
_LINE_OPTIONS: Mapping[str, tuple[str, ...]] = {
    "rfc2217": ("ign_set_control", "poll_modem", "timeout", "logging"),
    "socket": ("logging",),
}
"""What pyserial takes behind the "?"."""
_FORMER: Mapping[str, str] = {row.old[:-3]: row.new[:-3] for row in renames_of(Word.BINDING)}
"""What devices were addressed by once, without the "://"."""

HTTP = Grammar("http://rechner/eSCL", {"http": 80, "https": 443}, path=True)
IPP = Grammar("ipp://rechner:631/ipp/print", {"ipp": 631, "ipps": 631}, path=True)
RAW_PORT = Grammar("socket://rechner:9100", {"socket": 9100}, former=_FORMER)
SERIAL = Grammar(
    "/dev/serial/by-id/... oder rfc2217://rechner:4001",
    {"rfc2217": 0, "socket": 0},
    device=True,
    former=_FORMER,
    keys=_LINE_OPTIONS,
)
CAMERA_HEAD = Grammar(
    "/dev/serial/by-id/... oder udp://rechner:52381",
    {"rfc2217": 0, "socket": 5678, "udp": 52381},
    device=True,
    former=_FORMER,
    keys=_LINE_OPTIONS,
)
PAD = Grammar(
    "/dev/serial/by-id/... oder hid:056A:00A8 oder usbip://rechner/1-1",
    {"rfc2217": 0, "socket": 0, "usbip": 3240},
    places={"hid": "056A:00A8"},
    device=True,
    former=_FORMER,
    keys=_LINE_OPTIONS,
    paths=("usbip",),
)
MODBUS = Grammar(
    "/dev/serial/by-id/... oder tcp://rechner:502",
    {**SERIAL.ports, "tcp": 502},
    device=True,
    keys=_LINE_OPTIONS,
)
"""A serial line, also over the network, or Modbus TCP. Here `tcp://` is no old word for `socket://`."""
CARD_READER = Grammar("pcsc:ACS ACR122U oder vpcd://127.0.0.1:35963", {"vpcd": 35963}, places={"pcsc": "ACS ACR122U"})
WORLD = Grammar("tcp://127.0.0.1:4711", {"tcp": 0}, former={"socket": "tcp"})
EXCHANGE = Grammar("https://vermittlung.landkreis.example:8410", {"http": 80, "https": 443}, path=True)
CAMERA = Grammar("frames:PFAD oder video:/dev/video0", places={"frames": "PFAD", "video": "/dev/video0"})
MICROPHONE = Grammar("pcm:PFAD", places={"pcm": "PFAD"})
LOUDSPEAKER = Grammar("pcm:PFAD", places={"pcm": "PFAD"})
SOUND = Grammar("audio:alsa_input.usb-Jabra.mono-fallback", places={"audio": "NAME"})
ADAPTER = Grammar(
    "adapter:node sensor.js oder adapter:tcp://rechner:4100",
    {"tcp": 0},
    places={"adapter": "node sensor.js"},
    within="adapter",
)
NOWHERE = Grammar("emulator")
"""Of what has no address: the page that the booth itself serves."""


def read_address(text: str, grammar: Grammar) -> Address:
    """Read any address. Raises `ProfileError` with what is wrong, what is right here, and an example.

    `scheme://host[:port][/path][?query]`, `kind:place` or a device path; a password in it is not repeated.
    """
    if grammar.within:
        return _wrapped(text, grammar)
    if "://" in text or not (grammar.places or grammar.device):
        return _network(text, grammar)
    if grammar.places and not (grammar.device and text.partition(":")[0] not in grammar.places):
        return _place(text, grammar)
    _check_text(text, grammar.example)
    if not text.startswith("/"):
        others = " oder ".join((*(f"{kind}:" for kind in grammar.places), *(f"{name}://" for name in grammar.ports)))
        also = f"; sonst geht hier nur {others}" if others else ""
        raise _wrong(text, f"Der Pfad eines Anschlusses beginnt mit „/“{also}", grammar.example)
    return Address("", path=text)


def place_of(host: str, port: int) -> str:
    """Host and port as they stand in an address: "127.0.0.1:80", "[::1]:80"."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def respelled(text: str, grammar: Grammar) -> str:
    """The same address with the present name of its scheme; "" when it bears that already."""
    scheme, colon, rest = text.partition("://")
    present = grammar.former.get(scheme.lower(), "") if colon else ""
    return f"{present}://{rest}" if present else ""


def _network(text: str, grammar: Grammar) -> Address:
    _check_text(text, grammar.example, spaces=False)
    match = _URL.fullmatch(text)
    if match is None:
        raise _wrong(text, _no_scheme(text, grammar), grammar.example)
    scheme, place, path, query, fragment = (part or "" for part in match.groups())
    scheme = grammar.former.get(scheme.lower(), scheme.lower())
    if "@" in place:
        raise _wrong(text, "Benutzer und Kennwort gehören nicht hinein", grammar.example)
    if scheme not in grammar.ports:
        known = " oder ".join(grammar.forms)
        raise _wrong(text, f"„{scheme}://“ passt hier nicht: Hier geht nur {known}", grammar.example)
    pathless = not grammar.path and scheme not in grammar.paths
    if fragment or (query and not grammar.keys) or (path.strip("/") and pathless):
        surplus = fragment or (f"?{query}" if query and not grammar.keys else path)
        raise _wrong(text, f"„{surplus}“ gehört nicht hinein", grammar.example)
    try:
        host, port = _split(place, grammar.ports[scheme])
    except ValueError as error:
        raise _wrong(text, str(error), grammar.example) from None
    _check_query(text, query, grammar.keys.get(scheme, ()), grammar.example)
    return Address(scheme, host, port, path, query)


def _check_query(text: str, query: str, known: tuple[str, ...], example: str) -> None:
    for key, value in parse_qsl(query, keep_blank_values=True):
        if key not in known:
            hint = nearest(key, known)
            raise _wrong(text, f"Die Angabe „{key}“ gibt es nicht.{hint}", example)
        if (key == "timeout" and not _is_time(value)) or (key == "logging" and value not in _LEVELS):
            raise _wrong(text, f"Die Angabe „{key}={value}“ ist nicht zu gebrauchen", example)


def _wrapped(text: str, grammar: Grammar) -> Address:
    """`kind:scheme://host:port`, or `kind:place`, in which an address may stand as well."""
    kind, _, rest = text.partition(":")
    if kind == grammar.within and _SCHEME.match(rest):
        return _network(rest, grammar)
    return _place(text, grammar)


def _place(text: str, grammar: Grammar) -> Address:
    """`kind:place` on this machine."""
    _check_text(text, grammar.example)
    kind, colon, place = text.partition(":")
    if grammar.device and text.startswith("/"):
        return Address("", path=text)
    if kind not in grammar.places or not colon:
        start = " oder ".join(f"„{name}:“" for name in grammar.places)
        raise _wrong(text, f"Am Anfang fehlt {start}", grammar.example)
    if not place:
        raise _wrong(text, f"Hinter „{kind}:“ fehlt {_FOLLOWS.get(kind, 'der Pfad')}", grammar.example)
    if kind == "hid" and not _HID.fullmatch(place):
        raise _wrong(text, "Hinter „hid:“ stehen Hersteller und Produkt, je vier Zeichen 0 bis f", grammar.example)
    return Address(kind, path=place)


def _check_text(text: str, example: str, *, spaces: bool = True) -> None:
    if len(text) > MAX_TEXT:
        raise _wrong(f"{text[:40]}…", f"Das sind mehr als {MAX_TEXT} Zeichen", example)
    if not text.isprintable() or (" " in text and not spaces):
        raise _wrong(text, "Leerzeichen und Steuerzeichen gehören nicht hinein", example)


def _no_scheme(text: str, grammar: Grammar) -> str:
    scheme = grammar.example.partition("://")[0]  # the one that is recommended, where there are several
    first = next((f"„{name}://“" for name in (scheme, *grammar.ports) if name in grammar.ports), "")
    return f"Am Anfang fehlt {first}" if first and "://" not in text else "Das ist keine Adresse"


def _split(place: str, default: int) -> tuple[str, int]:
    """Host and port. Raises `ValueError` with what is wrong."""
    host, bracket, rest = place.rpartition("]")
    if bracket or "[" in place:
        if not host.startswith("[") or (rest and not rest.startswith(":")):
            raise ValueError("Die eckigen Klammern gehören um die ganze IPv6-Adresse")
        host = _ipv6(host[1:])
    else:
        host, colon, rest = place.partition(":")
        rest = colon + rest
        if rest.count(":") > 1:
            hint = "Eine IPv6-Adresse steht in eckigen Klammern" if _is_ipv6(place) else "Darin stehen zwei Ports"
            raise ValueError(hint)
        _check_host(host)
    if not rest:
        if not default:
            raise ValueError("Der Port fehlt")
        return host, default
    port = rest[1:]
    if not (port.isascii() and port.isdigit() and 1 <= int(port[:9]) <= 65535):
        raise ValueError(f"Der Port „{port}“ ist keine Zahl von 1 bis 65535")
    return host, int(port)


def _check_host(host: str) -> None:
    if not host:
        raise ValueError("Der Rechner fehlt")
    labels = host.removesuffix(".").split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError(f"„{host}“ ist kein Name eines Rechners")
    if labels[-1].isdigit():
        try:
            ipaddress.IPv4Address(host)
        except ValueError:
            raise ValueError(f"„{host}“ ist keine IPv4-Adresse") from None


def _ipv6(text: str) -> str:
    if not _is_ipv6(text):
        raise ValueError(f"„{text}“ ist keine IPv6-Adresse")
    return text


def _is_ipv6(text: str) -> bool:
    try:
        return not ipaddress.IPv6Address(text).scope_id
    except ValueError:
        return False


def _is_time(text: str) -> bool:
    try:
        return math.isfinite(float(text)) and 0 < float(text) <= 60
    except ValueError:
        return False


def _wrong(text: str, why: str, example: str) -> ProfileError:
    shown = f"…{text[text.rindex('@') :]}" if "@" in text else text  # before it there may be a password
    shown = shown if shown.isprintable() else ascii(shown)[1:-1]
    end = "" if why.endswith(("?", ".")) else "."
    return ProfileError(f"„{shown}“: {why}{end} Erwartet wird zum Beispiel {example}")
