"""What PostgreSQL and its client library say, as sentences for people: what is the matter, where, what to do.

A server speaks the language of its administrator, so errors are told by their number (SQLSTATE); where a connection
does not come about there is none, and the text is looked at in the two languages that are met here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import psycopg

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.store.postgres.place import DatabaseAddress, redacted


@dataclass(frozen=True, slots=True)
class Saying:
    """How it is told; `input`: what was asked for is wrong, so trying again later does not help."""

    states: tuple[str, ...]
    pattern: str
    told: str
    input: bool = False


ROWS: Sequence[Saying] = (
    Saying(
        ("28P01", "28000"),
        r"password authentication failed|Passwort-Authentifizierung|no password supplied|fe_sendauth",
        "Die Datenbank nimmt Benutzer und Passwort nicht an. Beides prüfen (PGPASSFILE, ~/.pgpass, LISA_STORE).",
        input=True,
    ),
    Saying(
        (), r"role .* does not exist|Rolle .* existiert nicht", "Diesen Benutzer kennt die Datenbank nicht.", input=True
    ),
    Saying(
        ("3D000",),
        r"database .* does not exist|Datenbank .* existiert nicht",
        "Diese Datenbank gibt es dort nicht. Anlegen: create database ... owner ... encoding 'UTF8'.",
        input=True,
    ),
    Saying((), r"pg_hba\.conf", "Der Server lässt diesen Rechner nicht herein (pg_hba.conf).", input=True),
    Saying((), r"definition of service|service file", "Diesen Dienst nennt keine pg_service.conf.", input=True),
    Saying(
        (),
        r"certificate verify failed|root certificate|does not match host name|certificate has expired",
        "Dem Zertifikat des Servers ist nicht zu trauen. sslrootcert, Rechnernamen und Ablauf prüfen.",
        input=True,
    ),
    Saying((), r"unexpected eof|EOF detected", "Die Verbindung zur Datenbank ist abgerissen."),
    Saying((), r"does not support SSL|SSL error", "Eine verschlüsselte Verbindung kommt nicht zustande.", input=True),
    Saying((), r"translate host name|Name or service|name resolution", "Den Rechnernamen kennt hier niemand."),
    Saying((), r"Connection refused|No such file or directory", "Dort nimmt keine Datenbank Verbindungen an."),
    Saying((), r"No route to host|Network is unreachable", "Der Rechner ist von hier aus nicht zu erreichen."),
    Saying((), r"timeout|timed out", "Die Datenbank antwortet nicht in der Zeit."),
    Saying(("53300",), r"too many (clients|connections)|zu viele", "Die Datenbank hat zu viele Verbindungen offen."),
    Saying(
        ("53100", "58030"),
        r"No space left",
        "Auf dem Rechner der Datenbank ist der Speicherplatz voll. Dort Platz schaffen.",
    ),
    Saying(("53200",), r"out of (shared )?memory", "Auf dem Rechner der Datenbank reicht der Arbeitsspeicher nicht."),
    Saying(
        ("25006",),
        r"read.?only|session is read-only|schreibgeschützt",
        "Diese Datenbank lässt sich nur lesen. Eine schreibbare nennen (target_session_attrs=read-write).",
    ),
    Saying(
        ("42501",),
        r"permission denied|keine Berechtigung",
        "Der Benutzer darf das in dieser Datenbank nicht. Sie soll ihm gehören: alter database ... owner to ...",
    ),
    Saying(("57P03",), r"starting up|hochgefahren|recovery", "Die Datenbank fährt gerade hoch."),
    Saying(("57P01", "57P02"), r"shutting down|terminating connection", "Die Datenbank wird gerade beendet."),
    Saying(("57014", "55P03"), r"", "Die Datenbank antwortet nicht in der Zeit."),
)
GONE = "Die Datenbank ist nicht zu erreichen."
DAMAGE = ("XX000", "XX001", "XX002", "42P01", "42703", "42804", "42883")
"""Errors of a table that is not as we made it: damaged, gone, or of other columns."""
_MACHINE = ("08", "53", "57", "58", "25", "55", "42501", "28", "3D")


def sentence(place: DatabaseAddress, error: psycopg.Error) -> LisaError:
    """What it is about this database; a `MachineError` where trying again later may help."""
    state, text = error.sqlstate or "", str(error)
    for row in ROWS:
        if state in row.states or (not state and row.pattern and re.search(row.pattern, text)):
            told = f"{place.name}: {row.told}"
            return LisaError(told) if row.input else MachineError(told)
    said = redacted(place, text)
    return MachineError(f"{place.name}: {GONE}" + (f" ({said})" if said else ""))


def is_machine(error: psycopg.Error) -> bool:
    """Whether the server or the way to it is the matter, and not what we asked."""
    state = error.sqlstate or ""
    return state.startswith(_MACHINE) if state else isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)


def is_damage(error: psycopg.Error) -> bool:
    """Whether a table cannot be read because of what was done to it."""
    return (error.sqlstate or "") in DAMAGE
