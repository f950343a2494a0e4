"""Two Landkreise by configuration alone; and what is wrong in a file is said at once, with file, line and key."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import holidays
import pytest

from lisa_core.config.directory import load_directory
from lisa_core.config.public_holidays import holidays_in, laender
from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.ids import OfficeId, ServiceId, SiteId
from lisa_core.domain.routing.calendar import opening

WRONG = """schema = 1
[landkreis]
id = "x"
name = "Landkreis X"
time_zone = "Europe/Berlin"
land = "BB"
[sites.a]
name = "A"
land = "BB"
opened_on = 2025-02-30
hours = { mo = ["08:00-12:00", "11:00-13:00"], di = ["12:00-08:00"] }
[sites.b]
name = "B"
land = "BB"
opened_on = 2025-01-01
hours = {}
booths = 0
[sites.a]
name = "Noch einmal A"
land = "XX"
opened_on = 2025-01-01
hours = {}
[offices.front]
name = "Empfang"
tenant = "x"
front_desk = true
overflow_to = "nirgends"
[services.ohne]
name = "Ohne Stelle"
[services.fremd]
name = "Fremd"
office = "frond"
[services.schwer]
name = "Schwer"
office = "front"
skill = "polnisch"
level = 3
[agents.a]
name = "Frau A"
office = "front"
skills = { polnisch = 2 }
alter = 44
[offices."../front"]
name = "Woanders"
tenant = "x"
[ offices . "bürger amt" ]
name = "Bürgeramt\u2028Templin"
tenant = "x"
[offices."bürger amt"]
name = "Noch einmal"
tenant = "x"
"""
SAID = (
    ":10: sites.a.opened_on: Den Tag 2025-02-30 gibt es nicht.",
    ":11: sites.a.hours.mo: 11:00-13:00 überschneidet sich mit 08:00-12:00.",
    ":11: sites.a.hours.di: 12:00-08:00 endet, bevor es beginnt.",
    ":17: sites.b.booths: Der Standort hat keine Kabine.",
    ":18: sites.a: [sites.a] steht schon in Zeile 7.",
    ":20: sites.a.land: Das Land „XX“ gibt es nicht.",
    ":27: offices.front.overflow_to: Die Stelle „nirgends“ gibt es nicht.",
    ":28: services.ohne: Die Leistung hat keine Stelle",
    ":32: services.fremd.office: Die Stelle „frond“ gibt es nicht. Meinten Sie „front“?",
    ":36: services.schwer.skill: „polnisch“ ab Stufe 3 hat in dieser Stelle niemand.",
    ":42: Den Schlüssel „agents.a.alter“ gibt es nicht.",
    ":43: offices.../front: Danach heißen Ordner und Dateien.",
    ":49: offices.bürger amt: [offices.bürger amt] steht schon in Zeile 46.",
)


def test_all_faults_are_said_at_once_with_file_line_and_key(tmp_path: Path) -> None:
    path = tmp_path / "kreis.toml"
    path.write_text(WRONG, encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_directory(str(path))
    said = str(caught.value).splitlines()
    assert len(said) == len(SAID), caught.value
    for line, expected in zip(said, SAID, strict=True):
        assert line.startswith(f"{path}{expected}")


NEVER_OPEN = """schema = 1
[landkreis]
id = "x"
name = "Landkreis X"
time_zone = "Europe/Berlin"
land = "BB"
[sites.a]
name = "A"
land = "BB"
opened_on = 2025-02-01
hours = { mo = ["08:00-12:00"] }
appointment_days = ["mo", "sa"]
[offices.front]
name = "Empfang"
tenant = "x"
front_desk = true
hours = { sa = ["08:00-12:00"] }
[offices.leer]
name = "Leere Stelle"
tenant = "x"
[services.leer]
name = "Leistung"
office = "leer"
[agents.a]
name = "Frau A"
office = "front"
"""
NEVER_SAID = (
    ":11: sites.a.hours: An keinem dieser Tage ist der Empfang besetzt",
    ":12: sites.a.appointment_days: Am Tag „sa“ ist das Haus zu",
    ":23: services.leer.office: In der Stelle „leer“ arbeitet niemand",
)


def test_what_could_never_be_used_is_said(tmp_path: Path) -> None:
    path = tmp_path / "kreis.toml"
    path.write_text(NEVER_OPEN, encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_directory(str(path))
    for line, expected in zip(str(caught.value).splitlines(), NEVER_SAID, strict=True):
        assert line.startswith(f"{path}{expected}")
    empty = (
        NEVER_OPEN[: NEVER_OPEN.index("[sites.a]")] + "[sites]\n" + NEVER_OPEN[NEVER_OPEN.index("[offices.front]") :]
    )
    path.write_text(empty, encoding="utf-8")
    with pytest.raises(ProfileError, match="Es gibt keinen Standort"):
        load_directory(str(path))


def kreis(name: str) -> Directory:
    return load_directory(name)[0]


def test_sites_open_on_their_day_and_not_before() -> None:
    opened = {site.id: site.opened_on for name in ("uckermark", "bautzen") for site in kreis(name).sites.values()}
    first = min(kreis("uckermark").sites.values(), key=lambda site: site.opened_on)
    assert (first.id, first.opened_on) == ("templin", date(2023, 3, 1))
    assert set(opened) >= {"angermuende", "gartz", "gramzow", "lychen", "bruessow", "gerswalde"}
    assert opened[SiteId("bruessow")] == date(2025, 9, 24)
    assert opened[SiteId("radeberg")] == date(2025, 11, 17)
    assert opened[SiteId("wilthen")] == date(2025, 12, 1)
    wilthen = kreis("bautzen").sites[SiteId("wilthen")]
    early = opening(wilthen, datetime.fromisoformat("2025-11-20T10:00"), kreis("bautzen").holidays["SN"])
    assert early.next_opening == datetime.fromisoformat("2025-12-02T09:00")


def test_thirteen_services_lead_to_offices_that_have_somebody() -> None:
    directory = kreis("uckermark")
    assert len(directory.services) == 13
    staffed = {agent.office for agent in directory.agents.values()}
    assert {service.office for service in directory.services.values()} <= staffed
    assert all(form in directory.forms for service in directory.services.values() for form in service.forms)
    youth = {service.valid_from for service in directory.services.values() if service.office == "jugendamt"}
    assert youth == {date(2024, 4, 17)}
    assert directory.offices[OfficeId("aok-nordost")].external
    assert directory.services[ServiceId("lastenzuschuss")].skill == "wohneigentum"


def test_public_holidays_are_those_of_the_land() -> None:
    """Buß- und Bettag 2027 in Saxony, Reformationstag in both."""
    repentance, reformation = date(2027, 11, 17), date(2025, 10, 31)
    assert repentance in kreis("bautzen").holidays["SN"]
    assert repentance not in kreis("uckermark").holidays["BB"]
    assert reformation in kreis("uckermark").holidays["BB"]


def test_the_public_holidays_are_the_librarys_own() -> None:
    years = range(2023, 2036)
    for land in laender():
        assert holidays_in(land, years) == set(holidays.country_holidays("DE", subdiv=land, years=years)), land
