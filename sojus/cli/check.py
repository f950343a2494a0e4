"""`lisa portal --check`: whatever would keep a portal from starting so, all of it at once; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lisa_core.access.opening import check_demanded
from lisa_core.access.texts import ONE_FACTOR
from lisa_core.cli.arguments import Stored
from lisa_core.cli.start.check import Findings, look_at_certificate, look_at_port, look_at_stored
from sojus.cli.start import clock_of, directory_of, issuers_of
from sojus.cli.told import Told
from sojus.config.privacy_file import load_privacy
from sojus.portal import texts
from sojus.portal.program import ADD
from sojus.service.directory import Directory
from sojus.store.entries import Rules
from sojus.store.looked_at import look_at_placements


def check_portal(told: Told) -> int:
    """The exit code."""
    findings, known, rules = Findings("das Portal"), list[Directory](), list[Rules]()
    findings.look("Angaben", partial(_whole, told))
    findings.look("Arbeitsfelder", partial(_fields, told, rules))
    findings.look("Stellen", partial(_offices, told, known))
    for directory in known:
        findings.look("Konten anderer Häuser", partial(_issuers, told, directory))
    findings.look("Arbeitsplätze", partial(_desks, told))
    findings.look("Zwecke und Fristen", partial(_privacy, told))
    findings.look("Zeit", partial(_time, told))
    look_at_certificate(findings, told.files)
    findings.look("Adresse", partial(look_at_port, told.listen, secret=any(told.files)))
    accounts = list[bool]()
    findings.look("Speicher", partial(look_at_stored, told.stored, accounts))
    findings.look("Plätze", partial(_placements, told.stored, rules))
    findings.look("Anmeldung", partial(_accounts, told, accounts))
    findings.look("Anmeldung", lambda: (ONE_FACTOR,) if told.one_factor else ())
    return findings.code()


def _whole(told: Told) -> Iterator[str]:
    told.check_whole()
    told.address()
    yield from ()


def _fields(told: Told, rules: list[Rules]) -> Iterator[str]:
    vocabularies = told.vocabularies()
    rules.append(Rules(tuple(vocabularies)))
    yield ", ".join(one.name for one in vocabularies)


def _offices(told: Told, known: list[Directory]) -> Iterator[str]:
    directory = directory_of(told)
    known.append(directory)
    yield f"{len(directory.tenants)} Länder und Landkreise, {len(directory.offices)} Stellen"


def _desks(told: Told) -> Iterator[str]:
    if origins := told.origins():
        yield ", ".join(origins)


def _privacy(told: Told) -> Iterator[str]:
    yield f"{len(load_privacy(told.privacy).purposes)} Zwecke"


def _time(told: Told) -> Iterator[str]:
    now = clock_of(told)()
    if told.at:
        yield f"gespielt ab {now:%d.%m.%Y, %H:%M} Uhr"


def _issuers(told: Told, directory: Directory) -> Iterator[str]:
    if issuers := issuers_of(told, directory):
        yield ", ".join(one.name for one in issuers)


def _placements(stored: Stored, rules: list[Rules]) -> Iterator[str]:
    if (place := stored.named()) is not None:
        yield from look_at_placements(place, next(iter(rules), None))


def _accounts(told: Told, accounts: list[bool]) -> Iterator[str]:
    host, _ = told.address()
    for any_account in accounts:
        check_demanded(host, demanded=any_account, how=ADD)
        yield "mit Konto" if any_account else texts.NO_ACCOUNT
