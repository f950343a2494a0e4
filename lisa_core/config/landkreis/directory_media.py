"""The table [media] of a Landkreis: over which servers picture and sound of a call may go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from lisa_core.config.directory_faults import Fault
from lisa_core.config.toml import Table
from lisa_core.domain.model.json_types import Json, JsonMap
from lisa_core.domain.model.media.media_ways import VALID_US, MediaPlan

MINUTE_US = 60_000_000
VALID_MIN = (10, 1_440)
"""The least and the greatest value of `valid_min`."""
MOST = {"stun": 1, "turn": 3}
"""More than that no end asks in the time that it has."""
_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"
_PORT = r"(?::([0-9]{1,5}))?"
GRAMMARS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "stun": (re.compile(rf"stun:{_HOST}{_PORT}"), "stun:relais.beispiel:3478"),
    "turn": (
        re.compile(rf"(?:turn:{_HOST}{_PORT}(?:\?transport=(?:udp|tcp))?|turns:{_HOST}{_PORT}(?:\?transport=tcp)?)"),
        "turn:relais.beispiel:3478, turn:relais.beispiel:3478?transport=tcp oder turns:relais.beispiel:5349",
    ),
}
"""Kind of a server -> what its address is (RFC 7064, RFC 7065), and an example. What ends of ours cannot do is none:
an address in brackets (IPv6), TLS to a STUN server, DTLS to a relay."""


class MediaTable(Table):
    """The table as it is written."""

    stun: list[str] = []
    turn: list[str] = []
    secret_file: str = ""
    relay_only: bool = False
    valid_min: int = VALID_US // MINUTE_US


def media_faults(raw: JsonMap) -> Iterator[Fault]:
    """What makes no sense; values of the wrong kind are passed over."""
    given = raw.get("media")
    if not isinstance(given, dict):
        return
    for kind in GRAMMARS:
        yield from _addresses(kind, given.get(kind))
    relays, secret = given.get("turn"), given.get("secret_file")
    if "secret" in given:
        yield "media.secret", "Das Geheimnis steht nicht hier, sondern in einer eigenen Datei: secret_file nennt sie."
    if relays and not secret:
        yield (
            "media.turn",
            "Ein Relais gibt nur dem einen Weg, der sein Geheimnis kennt: secret_file nennt dessen Datei.",
        )
    if given.get("relay_only") is True and not relays:
        yield "media.relay_only", "Nur über ein Relais geht nichts, solange unter turn keines steht."
    minutes, (least, most) = given.get("valid_min"), VALID_MIN
    if type(minutes) is int and not least <= minutes <= most:
        yield "media.valid_min", f"Hier steht {minutes}; möglich sind {least} bis {most} Minuten."


def _addresses(kind: str, urls: Json) -> Iterator[Fault]:
    grammar, example = GRAMMARS[kind]
    if not isinstance(urls, list):
        return
    for url in urls:
        found = grammar.fullmatch(url) if isinstance(url, str) else None
        if isinstance(url, str) and (found is None or any(int(port) > 65_535 for port in found.groups() if port)):
            yield f"media.{kind}", f"„{url[:80]}“ ist keine solche Adresse. Erwartet wird {example}."
    if len(urls) > MOST[kind]:
        yield f"media.{kind}", f"Hier stehen {len(urls)} Adressen; mehr als {MOST[kind]} werden nicht gefragt."


def media_from(given: MediaTable, beside: Path) -> MediaPlan:
    """The plan of a Landkreis; its secret lies where the file says, seen from the folder `beside`."""
    return MediaPlan(
        tuple(given.stun),
        tuple(given.turn),
        str(beside / given.secret_file) if given.secret_file else "",
        given.relay_only,
        given.valid_min * MINUTE_US,
    )
