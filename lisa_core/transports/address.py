"""Addresses as people write them into profiles and commands: read here only, each fault a sentence with its cure."""

from __future__ import annotations

import ipaddress
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import parse_qsl

from lisa_core.model.errors import ProfileError

MAX_TEXT = 1024
"""No address is longer; a URL of 64 kB is refused by some library below with an error of its own."""
_LABEL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(#.*)?")


@dataclass(frozen=True, slots=True)
class Address:
    """A place on the network; `path` begins with "/" or is empty."""

    scheme: str
    host: str
    port: int
    path: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True)
class Grammar:
    """What an address may be: per scheme the port that holds where none is given (0: one must be)."""

    ports: Mapping[str, int]
    example: str
    path: bool = False
    query: bool = False


HTTP = Grammar({"http": 80, "https": 443}, "http://rechner/eSCL", path=True)
RAW_PORT = Grammar({"tcp": 9100}, "tcp://rechner:9100")
REMOTE_LINE = Grammar({"rfc2217": 0, "socket": 0}, "rfc2217://rechner:4001", query=True)
WORLD = Grammar({"tcp": 0}, "tcp://127.0.0.1:4711")
EXCHANGE = Grammar({"http": 80}, "http://127.0.0.1:8410", path=True)
CAMERAS: Mapping[str, str] = {"frames": "PFAD", "video": "/dev/video0"}
MICROPHONES: Mapping[str, str] = {"pcm": "PFAD"}

_LEVELS = ("debug", "info", "warning", "error")
_LINE_OPTIONS: Mapping[str, tuple[str, ...]] = {
    "rfc2217": ("ign_set_control", "poll_modem", "timeout", "logging"),
    "socket": ("logging",),
}
"""What pyserial takes behind the "?"."""


def network_address(text: str, grammar: Grammar) -> Address:
    """Read `scheme://host[:port][/path][?query]`. Raises `ProfileError`; a password in it is not repeated."""
    _check_text(text, grammar.example, spaces=False)
    match = _URL.fullmatch(text)
    if match is None:
        raise _wrong(text, _no_scheme(text, grammar), grammar.example)
    scheme, place, path, query, fragment = (part or "" for part in match.groups())
    scheme = scheme.lower()
    if "@" in place:
        raise _wrong(text, "Benutzer und Kennwort gehören nicht hinein", grammar.example)
    if scheme not in grammar.ports:
        known = " oder ".join(f"{name}://" for name in grammar.ports)
        raise _wrong(text, f"„{scheme}://“ passt hier nicht: Hier geht nur {known}", grammar.example)
    if fragment or (query and not grammar.query) or (path.strip("/") and not grammar.path):
        surplus = fragment or (f"?{query}" if query and not grammar.query else path)
        raise _wrong(text, f"„{surplus}“ gehört nicht hinein", grammar.example)
    try:
        host, port = _split(place, grammar.ports[scheme])
    except ValueError as error:
        raise _wrong(text, str(error), grammar.example) from None
    return Address(scheme, host, port, path, query)


def serial_address(text: str) -> Address | None:
    """A serial line: an absolute device path (None), `rfc2217://host:port[?option]` or `socket://host:port`."""
    example = f"/dev/serial/by-id/... oder {REMOTE_LINE.example}"
    if "://" not in text:
        _check_text(text, example)
        if not text.startswith("/"):
            raise _wrong(text, "Der Pfad eines Anschlusses beginnt mit „/“", example)
        return None
    address = network_address(text, REMOTE_LINE)
    known = _LINE_OPTIONS[address.scheme]
    for key, value in parse_qsl(address.query, keep_blank_values=True):
        if key not in known:
            near = get_close_matches(key, known, 1)
            cure = f"gemeint ist wohl {near[0]}" if near else f"bekannt sind {', '.join(known)}"
            raise _wrong(text, f"Die Angabe „{key}“ gibt es nicht, {cure}", example)
        if (key == "timeout" and not _is_time(value)) or (key == "logging" and value not in _LEVELS):
            raise _wrong(text, f"Die Angabe „{key}={value}“ ist nicht zu gebrauchen", example)
    return address


def place_address(text: str, kinds: Mapping[str, str]) -> tuple[str, str]:
    """`kind:place` on this machine; `kinds` gives an example for each. Returns kind and place."""
    example = " oder ".join(f"{kind}:{place}" for kind, place in kinds.items())
    _check_text(text, example)
    kind, colon, place = text.partition(":")
    if kind not in kinds or not colon:
        raise _wrong(text, "Am Anfang fehlt " + " oder ".join(f"„{kind}:“" for kind in kinds), example)
    if not place:
        raise _wrong(text, f"Hinter „{kind}:“ fehlt der Pfad", example)
    return kind, place


def _check_text(text: str, example: str, *, spaces: bool = True) -> None:
    if len(text) > MAX_TEXT:
        raise _wrong(f"{text[:40]}…", f"Das sind mehr als {MAX_TEXT} Zeichen", example)
    if not text.isprintable() or (" " in text and not spaces):
        raise _wrong(text, "Leerzeichen und Steuerzeichen gehören nicht hinein", example)


def _no_scheme(text: str, grammar: Grammar) -> str:
    first = next(iter(grammar.ports))
    return f"Am Anfang fehlt „{first}://“" if "://" not in text else "Das ist keine Adresse"


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
    return ProfileError(f"„{shown}“: {why}. Erwartet wird zum Beispiel {example}")
