"""Appointments come in: checked against hours and diary, noted, and told to desk and booth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime

from lisa_core.model.directory import Directory
from lisa_core.protocols import messages as m
from lisa_core.protocols.link import NO_CALL
from lisa_core.routing import events as e
from lisa_core.routing.appointments import KEPT, SLOT, Appointment
from lisa_core.routing.calendar import house_open, office_open
from lisa_core.routing.desks import pair
from lisa_core.routing.switchboard import TALKING, Switchboard

UNKNOWN = "Einen Termin mit diesem Kennwort gibt es bei Ihnen nicht."


def made(board: Switchboard, event: e.AppointmentMade) -> None:
    """Note it, or say why not to the agent who wanted it."""
    wanted = Appointment(event.token, event.site, event.office, event.start, event.service, event.with_agent)
    call = event.call or NO_CALL
    desk = board.desks.get(event.agent) if event.agent else None
    if why := _refusal(board, wanted):
        if desk is not None:
            board.refuse(desk, call, "appointment", why)
        return
    if local := board.local():
        board.diary.forget_before(local - KEPT)
    board.diary.add(wanted)
    board.out.append(("diary", event.site, board.diary.starts(event.site)))
    if desk is not None and desk.linked:
        booked = m.Booked(event.token, event.start, board.directory.sites[event.site].name)
        board.out.append(e.ToDesk(desk.agent, call, booked))
    here = board.calls.get(event.call) if event.call else None
    if here is not None and here.agent == event.agent:
        given = m.AppointmentGiven(event.token, event.start, board.directory.offices[event.office].name)
        board.out.append(e.ToBooth(event.site, call, given))


def cancelled(board: Switchboard, event: e.AppointmentCancelled) -> None:
    """Let go of it; an office cancels its own, the front desk any."""
    desk = board.desks.get(event.agent) if event.agent else None
    found = board.diary.find(event.token)
    if found is None or (desk is not None and desk.office not in (board.front, found.office)):
        if desk is not None:
            board.refuse(desk, NO_CALL, "appointment", UNKNOWN)
        return
    board.diary.drop(event.token)
    board.out.append(("diary", found.site, board.diary.starts(found.site)))
    if desk is not None and desk.linked:
        board.out.append(e.ToDesk(desk.agent, NO_CALL, m.Unbooked(event.token)))


def slip_shown(board: Switchboard, event: e.SlipShown) -> None:
    """Her request, and whom she may go on to, are known from her slip; if it is for now she has come."""
    desk, call = pair(board, event.agent, event.call, TALKING)
    if desk is None or call is None:
        return
    found = board.diary.find(event.token)
    if found is None or call.parent is not None:
        board.refuse(desk, call.id, "appointment", UNKNOWN)
        return
    local, rules = board.local(), board.rules
    now = local is not None and found.near(local, rules.early_us, rules.late_us) and not found.used
    known = call.context
    appointment = found.start if now else known.appointment
    call.context = replace(known, service=found.service or known.service, appointment=appointment, contact=found.agent)
    if now:
        board.diary.use(found.token)
        board.out.append(("diary", found.site, board.diary.starts(found.site)))
    board.say(desk, ("slip", desk, call.id, found))


def civil_set(board: Switchboard, event: e.CivilSet) -> None:
    board.civil, board.civil_us = datetime.fromisoformat(event.local).replace(tzinfo=None), board.now_us


def _refusal(board: Switchboard, wanted: Appointment) -> str | None:
    """Why this appointment cannot be, None when it can."""
    try:
        at = datetime.fromisoformat(wanted.start)
    except ValueError:
        return f"„{wanted.start}“ ist kein Termin; geschrieben wird er so: 2025-09-24T10:30."
    return next((text for holds, text in _faults(board, wanted, at) if holds()), None)


def _faults(board: Switchboard, wanted: Appointment, at: datetime) -> Iterator[tuple[Callable[[], bool], str]]:
    directory, local = board.directory, board.local()
    day = f"{at:%d.%m.%Y, %H:%M} Uhr"
    site, office = directory.sites.get(wanted.site), directory.offices.get(wanted.office)
    yield (lambda: at.tzinfo is not None), "Ein Termin wird in der Zeit des Ortes genannt, ohne Zeitzone."
    yield (lambda: site is None), f"Den Standort {wanted.site} gibt es nicht."
    yield (lambda: office is None), f"Die Stelle {wanted.office} gibt es nicht."
    yield (lambda: wanted.agent not in (None, *board.desks)), f"Den Platz {wanted.agent} gibt es nicht."
    if site is None or office is None:
        return
    yield (lambda: local is not None and at <= local), f"{day} ist schon vorbei."
    yield (lambda: not house_open(site, at, _holidays(directory, site.land))), f"{site.name} ist geschlossen: {day}."
    closed = f"Die Stelle {office.name} ist nicht erreichbar: {day}."
    yield (lambda: not office_open(office, at, _holidays(directory, directory.land))), closed
    minutes = int(SLOT.total_seconds() // 60)
    taken = f"{day} ist schon vergeben; zwischen zwei Terminen liegen {minutes} Minuten."
    yield (lambda: board.diary.clash(wanted) is not None), taken


def _holidays(directory: Directory, land: str) -> frozenset[date]:
    return directory.holidays.get(land, frozenset())
