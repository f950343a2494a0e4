"""What docs/sicherheit.md says of limits, and of what is logged, as the code has it.

`python -m tests.tidy.security_page` writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lisa_core.access import attempts, audit, credentials, entrance, hashing, sessions
from lisa_core.booth.case import signature
from lisa_core.booth.imaging import pictures
from lisa_core.domain.case import forms, paper_rules
from lisa_core.exchange.inbox import intake
from lisa_core.exchange.peers import pace
from lisa_core.papers import package, parts, vault
from lisa_core.web import guard, page_socket, server_limits, tls_door
from lisa_core.wire import envelope, json_text
from tests.tidy.sources import ROOT

PAGE = ROOT / "docs" / "sicherheit.md"
GENERATED = re.compile(r"(<!-- from the code: (\w+) -->\n).*?(<!-- end -->)", re.S)
ENTRY = re.compile(r'"([a-zäöü]+(?:_[a-zäöü]+)*\.[a-zäöü]+(?:_[a-zäöü]+)*)"')
LOGS: Mapping[str, tuple[str, ...]] = {
    "Vermittlung": (
        *("exchange/journal/names.py", "exchange/clocks.py", "exchange/executor.py", "exchange/inbox/applications.py"),
        *("exchange/inbox/stock.py", "exchange/peers/booth_keys.py", "exchange/program.py", "exchange/ways.py"),
        *("exchange/admission.py", "exchange/peers/peers.py"),
        "store/journal.py",
    ),
    "Kabine": ("booth/journal/names.py", "store/journal.py"),
}
"""In which files the names of entries stand."""
NO_ENTRIES = {"disk.low", "lisa.exchange"}
"""Words of the same form there that are none: messages, a logger."""


def limits() -> Iterator[str]:
    """One row for each."""
    yield "| Grenze | Wert |"
    yield "|---|---|"
    for what, value in LIMITS.items():
        yield f"| {what} | {value} |"


def _number(value: float) -> str:
    return f"{value:,.0f}".replace(",", ".")


def _mib(value: int) -> str:
    return f"{value // 1024**2} MiB"


def _pace(bucket: attempts.Bucket) -> str:
    pacing = attempts.PACING[bucket]
    return f"{pacing.free} ohne Warten, dann 1, 2, 4 … bis {pacing.most_s} s"


_SESSION = sessions.SessionLimits()
LIMITS: Mapping[str, str] = {
    "Zeichen einer Angabe in einem Formular": _number(forms.MAX_LENGTH),
    "Zeichen eines Kennworts": f"{credentials.MIN_PASSWORD} bis {credentials.MAX_PASSWORD}",
    "Unterlagen eines Besuchs; Seiten zugleich": f"{paper_rules.MAX_PAPERS}; {paper_rules.MAX_PAGES}",
    "Bildpunkte einer Seite": _number(pictures.MAX_PIXELS),
    "Größe einer Seite": _mib(vault.MAX_BLOB),
    "Punkte einer Unterschrift": _number(signature.MAX_TOUCHES),
    "Größe einer Abgabe; Dateien darin; Teile unterwegs": (
        f"{_mib(package.MAX_PACKAGE)}; {package._MAX_ENTRIES}; {_number(parts.MAX_PARTS)}"
    ),
    "unfertige Abgaben einer Kabine": str(intake.MAX_OPEN),
    "Größe einer Nachricht; Verschachtelung; größte Zahl": (
        f"{_number(envelope.MAX_BYTES)} Bytes; {json_text.MAX_DEPTH}; 2^53"
    ),
    "Nachrichten einer Kabine in der Sekunde; auf einmal": f"{pace.PER_S}; {_number(pace.AT_ONCE)}",
    "Nachrichten eines Platzes in der Sekunde; auf einmal": (
        f"{pace.PER_S // pace.BY_HAND}; {pace.AT_ONCE // pace.BY_HAND}"
    ),
    "Nachrichten eines Bildschirms in der Sekunde; auf einmal": f"{page_socket.PER_S}; {page_socket.AT_ONCE}",
    "Anfragen einer Adresse in der Sekunde; auf einmal": f"{_number(guard.PER_S)}; {_number(guard.AT_ONCE)}",
    "Anfragen von jemandem, der angemeldet ist, in der Sekunde; auf einmal": (
        f"{_number(guard.PERSON_PER_S)}; {_number(guard.PERSON_AT_ONCE)}"
    ),
    "TLS-Aufbauten in der Sekunde; Sekunden für einen": f"{_number(tls_door.PER_S)}; {_number(tls_door.HANDSHAKE_S)}",
    "Verbindungen; davon solche, die noch nichts gesagt haben": (
        f"{_number(server_limits.MAX_CONNECTIONS)}; {server_limits.MAX_SILENT}"
    ),
    "Kennwörter zugleich in Arbeit; wartend": f"{hashing.AT_ONCE}; {hashing.WAITING}",
    "Versuche einer Adresse": _pace(attempts.Bucket.ADDRESS),
    "Versuche an einem Konto aus fremden Browsern": _pace(attempts.Bucket.ACCOUNT),
    "Versuche aus einem bekannten Browser": _pace(attempts.Bucket.BROWSER),
    "Codes der App aus fremden Browsern": _pace(attempts.Bucket.SECOND),
    "Anmeldungen eines Kontos zugleich": str(entrance.MOST_SESSIONS),
    "Anmeldung ohne Tun; im Ganzen; im Gespräch länger": (
        f"{_SESSION.idle_s // 3600} h; {_SESSION.absolute_s // 3600} h; {_SESSION.talk_s // 3600} h"
    ),
}


def entries() -> Iterator[str]:
    """One row for each log: the names of its entries."""
    yield "| Protokoll | Einträge |"
    yield "|---|---|"
    of_access = sorted(value for key, value in vars(audit).items() if key.isupper())
    yield f"| Anmeldungen | {', '.join(of_access)} |"
    for log, names in LOGS.items():
        found = {one for name in names for one in ENTRY.findall(_source(name))} - NO_ENTRIES
        yield f"| {log} | {', '.join(sorted(found))} |"


def _source(name: str) -> str:
    return (ROOT / "lisa_core" / name).read_text(encoding="utf-8")


TABLES: Mapping[str, Any] = {"limits": limits, "entries": entries}


def page(text: str) -> str:
    """The page with its tables as the code has them."""
    return GENERATED.sub(lambda found: found[1] + "".join(f"{line}\n" for line in TABLES[found[2]]()) + found[3], text)


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
