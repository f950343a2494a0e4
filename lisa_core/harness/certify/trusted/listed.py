"""The list of trust as a value: which keys count for which classes, what is withdrawn, how long classes count."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from fnmatch import fnmatchcase
from pathlib import Path

from lisa_core.domain.model.errors import OF_A_MESSAGE, LisaError
from lisa_core.domain.model.json_types import JsonDict, JsonMap
from lisa_core.harness.certify import dsse
from lisa_core.harness.certify.gather import read_bytes
from lisa_core.harness.text.findings import shown
from lisa_core.wire.json_text import each_once

LIST_TYPE = "application/vnd.lisa.vertrauen+json"
FORMAT = "lisa.vertrauen/1"


class Role(Enum):
    """Whose key it is."""

    VENDOR = "hersteller"
    ACCEPTING = "annahme"


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """`classes` are patterns (`praesenzsensor-*`), none: all; the days are those on which a run may have begun."""

    name: str
    roles: frozenset[Role] = frozenset(Role)
    classes: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def covers(self, name: str) -> bool:
        """Whether it may speak for this class; a run without one is covered by every key."""
        return not self.classes or not name or any(fnmatchcase(name, one) for one in self.classes)

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Trust:
    """`keys` by their ids; `withdrawn`: by the identity of a bundle why it does not count any more; `classes`: until
    when somebody may be certified after a class, where that differs from what the class itself says.

    `issued` is None for a single key; `authority` is the id of the key that signed the list, `is_asked_for` whether
    somebody named that key: anybody can write a list and sign it.
    """

    keys: Mapping[str, TrustedKey]
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, date] = field(default_factory=dict)
    by: str = ""
    issued: date | None = None
    until: date | None = None
    authority: str = ""
    is_asked_for: bool = False


def read_trust(path: Path, authority: Path | None = None) -> Trust:
    """Whom this file says to believe: a list that an authority signed, or one public key (PEM).

    With `authority`, its public key, a list of anybody else is refused. Raises `LisaError`.
    """
    data = read_bytes(path, "Die Vertrauensliste")
    if (key := dsse.public_key_in(data)) is not None:
        return Trust({dsse.keyid_of(key): TrustedKey(shown(path))})
    try:
        signed = dsse.opened(data, LIST_TYPE)
        body: JsonMap = json.loads(signed.payload, object_pairs_hook=each_once)
        signer = dsse.key_of(body["schluessel_der_liste"])
        trust = trust_of(body, signed.keyid)
    except OF_A_MESSAGE as error:
        what = f"{shown(path)}: Das ist keine unterschriebene Vertrauensliste und kein öffentlicher Schlüssel (PEM)"
        raise LisaError(f"{what}: {error}. Eine Liste unterschreibt lisa countersign LISTE.toml --key …") from None
    if not signed.is_signed_by(signer):
        raise LisaError(f"{shown(path)}: Die Vertrauensliste ist verändert: Ihre Unterschrift passt nicht.")
    if authority is not None:
        wanted = dsse.public_key_in(read_bytes(authority, "Der Schlüssel der ausstellenden Stelle"))
        if wanted is None or not signed.is_signed_by(wanted):
            raise LisaError(
                f"{shown(path)}: Diese Liste hat nicht unterschrieben, wessen Schlüssel in {authority} steht."
            )
    return replace(trust, is_asked_for=authority is not None)


def trust_of(body: JsonMap, authority: str) -> Trust:
    """The list that these values say. Raises `ValueError`, `TypeError`, `LookupError`."""
    if body["format"] != FORMAT:
        raise ValueError(f"eine andere Fassung ({str(body['format'])[:40]})")
    keys = {one["kennung"]: _key(one) for one in body["schluessel"]}
    classes = {str(one["name"]): _day(one["gilt_bis"]) for one in body["klassen"]}
    if (len(keys), len(classes)) != (len(body["schluessel"]), len(body["klassen"])):
        raise ValueError("ein Schlüssel oder eine Klasse steht zweimal darin")
    return Trust(
        keys,
        {str(one["paket"]): f"{one['grund']} ({_day(one['am']):%d.%m.%Y})" for one in body["zurueckgezogen"]},
        classes,
        str(body["von"]),
        _day(body["stand"]),
        _day(body["gilt_bis"]),
        authority,
    )


def _key(one: JsonDict) -> TrustedKey:
    since, until = (_day(one[name]) if one[name] else None for name in ("gilt_ab", "gilt_bis"))
    return TrustedKey(str(one["name"]), frozenset({Role(one["rolle"])}), tuple(map(str, one["klassen"])), since, until)


def _day(text: str) -> date:
    return date.fromisoformat(text)
