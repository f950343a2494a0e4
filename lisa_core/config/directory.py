"""The configuration of a Landkreis: sites, offices, services, agents, from one TOML file and the forms beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from lisa_core.config.directory_faults import DAYS, Fault, faults_of, interval
from lisa_core.config.directory_routing import routing_faults, rules_from
from lisa_core.config.directory_staff import staff_faults
from lisa_core.config.form_files import load_forms
from lisa_core.config.landkreis.directory_media import MediaTable, media_faults, media_from
from lisa_core.config.landkreis.office_portal import portal_faults
from lisa_core.config.public_holidays import holidays_in
from lisa_core.config.renamed import understood
from lisa_core.config.toml import Table, check, read_toml
from lisa_core.config.toml_lines import Lines, as_written, is_table_again, read_lines, refuse
from lisa_core.domain.model.directory import (
    Agent,
    Deadlines,
    Directory,
    FormSpec,
    Office,
    Service,
    Site,
    Trigger,
    WeeklyHours,
    at_exchange,
)
from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.ids import AgentId, FormId, OfficeId, ServiceId, SiteId, TenantId
from lisa_core.domain.model.nearest import nearest
from lisa_core.domain.routing.calendar import shared_hours
from lisa_core.host.data import data_dir
from lisa_core.host.notices import tell_renamed
from lisa_core.host.paths import exists, is_folder, read_text
from lisa_core.host.renames import Word, renames_of
from lisa_core.wire.toml_text import parse_toml

_HOLIDAY_YEARS = range(2023, 2036)
SECOND_US = 1_000_000

Day = Literal["mo", "di", "mi", "do", "fr", "sa", "so"]
Hours = dict[Day, list[str]]


class _Landkreis(Table):
    id: str
    name: str
    time_zone: str
    land: str = ""


class _Site(Table):
    name: str
    land: str
    opened_on: date
    trigger: Literal["tuer", "platz"] = "tuer"
    hours: Hours
    appointment_days: list[Day] = []
    host: str = ""
    booths: int = 1


class _Office(Table):
    name: str
    tenant: str
    front_desk: bool = False
    hours: Hours = {}
    valid_from: date = date.min
    external: bool = False
    overflow_to: str | None = None
    overflow_after_s: int = 0
    wrap_up_s: int | None = None
    portal: str = ""
    portal_name: str = ""


class _Service(Table):
    name: str
    office: str = ""
    forms: list[str] = []
    valid_from: date = date(2023, 3, 1)
    skill: str = ""
    level: int = 1


class _Agent(Table):
    name: str
    office: str
    skills: dict[str, int] = {}


class _File(Table):
    schema_: Literal[1] = Field(1, alias="schema")
    landkreis: _Landkreis
    sites: dict[str, _Site]
    offices: dict[str, _Office]
    services: dict[str, _Service]
    agents: dict[str, _Agent]
    routing: dict[str, int] = {}
    media: MediaTable = MediaTable()


def load_directory(landkreis: str) -> tuple[Directory, ZoneInfo]:
    """The directory of a Landkreis by its name among the shipped ones or by the path of its file, and its time zone.

    Raises `ProfileError` listing every fault with file, line and key: unknown office, overlapping hours, unknown form,
    a service without office, a skill nobody has, a site without booth, two of one name, a day that does not exist ...
    """
    path = landkreis_file(landkreis)
    forms = load_forms(data_dir("fixtures") / "forms")
    parsed = _parsed(path, forms)
    return _directory(parsed, forms, path.parent), ZoneInfo(parsed.landkreis.time_zone)


def landkreis_file(landkreis: str) -> Path:
    """The file of a Landkreis, by its name or its path. Raises `ProfileError` for one that there is not."""
    if landkreis.endswith(".toml"):
        return Path(landkreis)
    shipped = {path.stem: path for path in (data_dir("fixtures") / "landkreise").glob("*.toml")}
    if landkreis and landkreis not in shipped and exists(Path(landkreis)):
        what = "Das ist ein Ordner" if is_folder(Path(landkreis)) else "Diese Datei endet nicht auf .toml"
        raise ProfileError(f"{landkreis}: {what}. Erwartet wird eine Datei, die auf .toml endet.")
    if landkreis not in shipped:
        raise ProfileError(f"Den Landkreis „{landkreis}“ gibt es nicht.{nearest(landkreis, list(shipped))}")
    return shipped[landkreis]


def _parsed(path: Path, forms: Mapping[FormId, FormSpec]) -> _File:
    """The file against its schema and against itself. Raises one `ProfileError` with all that is wrong."""
    lines, written = _read(path)
    raw, moved = understood(written, renames_of(Word.LANDKREIS))
    if not raw and not lines.faults:
        raise ProfileError(f"{path}: In der Datei steht nichts. Ein Beispiel zum Abschreiben: docs/landkreis.md")
    more = [*staff_faults(raw), *routing_faults(raw), *portal_faults(raw), *media_faults(raw)]
    found = [*faults_of(raw, list(forms)), *more]
    faults = [*lines.faults, *(_placed(lines, fault) for fault in found)]
    try:
        parsed = check(_File, raw, path)
    except ProfileError as error:
        wrong = [line.removeprefix(f"{path}: ") for line in str(error).splitlines()]
        named = [(text.partition("„")[2].partition("“")[0], text) for text in wrong]
        faults += [(lines.of(key), as_written(text)) for key, text in named if not is_table_again(key)]
        parsed = None
    if faults or parsed is None:
        refuse(path, faults)
    for one in moved:
        tell_renamed(one.row, str(path))
    return parsed


def _read(path: Path) -> tuple[Lines, dict[str, object]]:
    """The tables, also where a double or an impossible date would have kept the parser from reading on."""
    try:
        text = read_text(path)
        lines = read_lines(text)
        return lines, parse_toml(lines.text)
    except (OSError, ValueError):
        return Lines(""), read_toml(path)


def _placed(lines: Lines, fault: Fault) -> tuple[int | None, str]:
    key, text = fault
    return lines.of(key), as_written(f"{key}: {text}")


def _directory(parsed: _File, forms: Mapping[FormId, FormSpec], beside: Path) -> Directory:
    front = next(office for office in parsed.offices.values() if office.front_desk)
    lands = [site.land for site in parsed.sites.values()]
    rules = rules_from(parsed.routing)
    return Directory(
        sites={
            SiteId(key): _site(key, site, front, at_exchange(Deadlines(), rules)) for key, site in parsed.sites.items()
        },
        offices={OfficeId(key): _office(key, office) for key, office in parsed.offices.items()},
        services={ServiceId(key): _service(key, service) for key, service in parsed.services.items()},
        forms=forms,
        agents={
            AgentId(key): Agent(AgentId(key), agent.name, OfficeId(agent.office), agent.skills)
            for key, agent in parsed.agents.items()
        },
        holidays={land: public_holidays(land) for land in filter(None, (parsed.landkreis.land, *lands))},
        land=parsed.landkreis.land or next(iter(lands), ""),
        rules=rules,
        name=parsed.landkreis.name,
        media=media_from(parsed.media, beside),
    )


@cache
def public_holidays(land: str) -> frozenset[date]:
    """The public holidays of a Bundesland, 2023 to 2035."""
    return holidays_in(land, _HOLIDAY_YEARS)


def _site(key: str, site: _Site, front: _Office, deadlines: Deadlines) -> Site:
    """Open is when the host's house is, and the front desk answers; on some days by appointment only."""
    by_appointment = {DAYS.index(day) for day in site.appointment_days}
    hours = shared_hours(_hours(site.hours), _hours(front.hours))
    return Site(
        SiteId(key),
        site.name,
        site.land,
        site.opened_on,
        Trigger(site.trigger),
        _same({day: spans for day, spans in hours.items() if day not in by_appointment}),
        deadlines,
        appointment_hours=_same({day: spans for day, spans in hours.items() if day in by_appointment}),
        host=site.host,
    )


def _office(key: str, office: _Office) -> Office:
    return Office(
        OfficeId(key),
        office.name,
        TenantId(office.tenant),
        office.front_desk,
        _same(_hours(office.hours)),
        office.valid_from,
        office.external,
        OfficeId(office.overflow_to) if office.overflow_to else None,
        office.overflow_after_s * SECOND_US,
        None if office.wrap_up_s is None else office.wrap_up_s * SECOND_US,
        office.portal,
        office.portal_name,
    )


def _service(key: str, service: _Service) -> Service:
    return Service(
        ServiceId(key),
        service.name,
        OfficeId(service.office),
        tuple(map(FormId, service.forms)),
        service.valid_from,
        service.skill,
        service.level if service.skill else 0,
    )


def _hours(hours: Hours) -> WeeklyHours:
    return {DAYS.index(day): tuple(interval(text) for text in spans) for day, spans in hours.items()}


def _same(hours: WeeklyHours) -> WeeklyHours:
    """One object for all sites that have the same hours."""
    return _known_hours(tuple(sorted(hours.items())))


@cache
def _known_hours(days: tuple[tuple[int, tuple[tuple[time, time], ...]], ...]) -> WeeklyHours:
    return dict(days)
