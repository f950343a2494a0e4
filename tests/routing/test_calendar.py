"""When a booth and an office are open, to the minute; and what opens next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from lisa_core.domain.model.directory import Office, Site
from lisa_core.domain.model.ids import OfficeId, TenantId
from lisa_core.domain.routing.calendar import Opening, house_open, next_office_opening, office_open, opening
from tests.routing.office import BY_APPOINTMENT, SITES, WORKDAYS, directory

SITE: Site = directory().sites[SITES[0]]
"""Open Monday, Tuesday and Friday from 8 to 16; by appointment on Wednesday and Thursday at the same times."""
BERLIN = ZoneInfo("Europe/Berlin")
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (f"2025-09-{day}" for day in range(22, 27))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("clock", "is_open"), [("07:59", False), ("08:00", True), ("15:59", True), ("16:00", False), ("23:00", False)]
)
def test_hours_begin_with_their_first_minute_and_end_before_their_last(clock: str, is_open: bool) -> None:
    assert opening(SITE, at(f"{MONDAY}T{clock}"), ()).open_now is is_open
    assert house_open(SITE, at(f"{MONDAY}T{clock}"), ()) is is_open
    assert house_open(SITE, at(f"{WEDNESDAY}T{clock}"), ()) is is_open


@pytest.mark.parametrize(
    ("appointment", "now", "is_open"),
    [
        ("10:00", "09:44", False),
        ("10:00", "09:45", True),
        ("10:00", "10:15", True),
        ("10:00", "10:16", False),
        ("17:00", "17:00", False),
    ],
)
def test_who_has_an_appointment_is_let_in_a_quarter_of_an_hour_around_it(
    appointment: str, now: str, is_open: bool
) -> None:
    expected = [datetime.fromisoformat(f"{WEDNESDAY}T{appointment}")]
    assert opening(SITE, at(f"{WEDNESDAY}T{now}"), (), expected).open_now is is_open


def test_an_appointment_may_name_its_time_zone() -> None:
    """Ten o'clock here is eight o'clock in Greenwich; ten o'clock there is none of ours."""
    ours, theirs = (datetime.fromisoformat(f"{WEDNESDAY}T{hour}:00+00:00") for hour in ("08", "10"))
    assert opening(SITE, at(f"{WEDNESDAY}T10:00"), (), [ours]) == Opening(True)
    assert not opening(SITE, at(f"{WEDNESDAY}T10:00"), (), [theirs]).open_now


@pytest.mark.parametrize(
    ("now", "appointments", "opens"),
    [
        (f"{MONDAY}T07:00", [], f"{MONDAY}T08:00"),
        (f"{MONDAY}T16:00", [], f"{TUESDAY}T08:00"),
        (f"{TUESDAY}T16:00", [], f"{FRIDAY}T08:00"),
        (f"{TUESDAY}T16:00", [f"{THURSDAY}T09:00", f"{WEDNESDAY}T14:00"], f"{WEDNESDAY}T14:00"),
        (f"{WEDNESDAY}T12:00", [f"{WEDNESDAY}T08:00"], f"{FRIDAY}T08:00"),
        (f"{WEDNESDAY}T17:00", [f"{WEDNESDAY}T18:00"], f"{FRIDAY}T08:00"),
        (f"{FRIDAY}T16:00", ["2025-10-01T09:00"], "2025-09-29T08:00"),
    ],
)
def test_what_opens_next(now: str, appointments: list[str], opens: str) -> None:
    """Hours or an appointment, whichever comes first; none that is over, and none outside of the house's hours."""
    expected = [datetime.fromisoformat(start) for start in appointments]
    assert opening(SITE, at(now), (), expected) == Opening(False, at(opens))


def test_holidays_and_days_before_the_first_are_closed() -> None:
    monday = date.fromisoformat(MONDAY)
    assert opening(SITE, at(f"{MONDAY}T10:00"), {monday}) == Opening(False, at(f"{TUESDAY}T08:00"))
    later = replace(SITE, opened_on=date(2025, 9, 26))
    assert opening(later, at(f"{MONDAY}T10:00"), ()) == Opening(False, at(f"{FRIDAY}T08:00"))
    assert opening(replace(SITE, hours={}, appointment_hours={}), at(f"{MONDAY}T10:00"), ()) == Opening(False, None)


# --- offices --------------------------------------------------------------------------------------------------------

HOUSING = Office(OfficeId("wohngeldstelle"), "Wohngeldstelle", TenantId("lk"), hours=WORKDAYS)
SPLIT = replace(HOUSING, hours={0: ((time(13), time(15)), (time(9), time(11)))})


@pytest.mark.parametrize(
    ("office", "now", "opens"),
    [
        (HOUSING, f"{MONDAY}T07:00", f"{MONDAY}T08:00"),
        (HOUSING, f"{MONDAY}T08:00", f"{TUESDAY}T08:00"),
        (HOUSING, f"{FRIDAY}T12:00", "2025-09-29T08:00"),
        (SPLIT, f"{MONDAY}T08:00", f"{MONDAY}T09:00"),
        (SPLIT, f"{MONDAY}T10:00", f"{MONDAY}T13:00"),
        (replace(HOUSING, hours=BY_APPOINTMENT), f"{MONDAY}T10:00", f"{WEDNESDAY}T08:00"),
        (replace(HOUSING, valid_from=date(2025, 9, 27)), f"{MONDAY}T10:00", "2025-09-29T08:00"),
        (replace(HOUSING, hours={}, valid_from=date(2025, 9, 27)), f"{MONDAY}T10:00", "2025-09-27T00:00"),
    ],
)
def test_when_an_office_opens_next(office: Office, now: str, opens: str) -> None:
    assert next_office_opening(office, at(now), ()) == at(opens)


def test_an_office_knows_holidays_only_by_its_hours() -> None:
    monday = date.fromisoformat(MONDAY)
    assert office_open(HOUSING, at(f"{MONDAY}T10:00"), ())
    assert not office_open(HOUSING, at(f"{MONDAY}T10:00"), {monday})
    assert office_open(replace(HOUSING, hours={}), at(f"{MONDAY}T10:00"), {monday})
    assert not office_open(replace(HOUSING, hours={}, valid_from=date(2025, 9, 23)), at(f"{MONDAY}T10:00"), ())
    assert next_office_opening(HOUSING, at(f"{MONDAY}T07:00"), {monday}) == at(f"{TUESDAY}T08:00")
    every_day = {date.fromordinal(day) for day in range(monday.toordinal(), monday.toordinal() + 400)}
    assert next_office_opening(HOUSING, at(f"{MONDAY}T07:00"), every_day) is None
