"""Appointments: checked against opening hours and the others, entered, and reported to desk and booth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from lisa_core.domain.model.call_words import RefusalCode
from lisa_core.domain.model.directory import Directory, Office, Site
from lisa_core.domain.model.ids import CallId
from lisa_core.domain.routing import events as e
from lisa_core.domain.routing.appointments import KEPT, SLOT, Appointment
from lisa_core.domain.routing.calendar import house_open, office_open
from lisa_core.domain.routing.decisions import (
    ConfirmBooking,
    ConfirmUnbooking,
    GiveAppointment,
    ShowAppointment,
    TellDiary,
)
from lisa_core.domain.routing.desks import pair
from lisa_core.domain.routing.switchboard import TALKING, Switchboard

NO_CALL = CallId("")
UNKNOWN = "Einen Termin mit diesem Kennwort gibt es bei Ihnen nicht."


def made(board: Switchboard, event: e.AppointmentMade) -> None:
    """Enter the appointment, or refuse it to the agent who asked, with the reason."""
    wanted = Appointment(event.token, event.site, event.office, event.start, event.service, event.with_agent)
    call = event.call or NO_CALL
    desk = board.desks.get(event.agent) if event.agent else None
    if why := _refusal(board, wanted):
        if desk is not None:
            board.refuse(desk, call, RefusalCode.APPOINTMENT, why)
        return
    if local := board.local():
        board.diary.forget_before(local - KEPT)
    board.diary.add(wanted)
    board.out.append(TellDiary(event.site, board.diary.starts(event.site)))
    if desk is not None and desk.linked:
        board.out.append(ConfirmBooking(desk.agent, call, wanted))
    here = board.calls.get(event.call) if event.call else None
    if here is not None and here.agent == event.agent:
        board.out.append(GiveAppointment(call, wanted))


def cancelled(board: Switchboard, event: e.AppointmentCancelled) -> None:
    """Drop the appointment; an office cancels its own, the front desk any."""
    desk = board.desks.get(event.agent) if event.agent else None
    found = board.diary.find(event.token)
    if found is None or (desk is not None and desk.office not in (board.front, found.office)):
        if desk is not None:
            board.refuse(desk, NO_CALL, RefusalCode.APPOINTMENT, UNKNOWN)
        return
    board.diary.drop(event.token)
    board.out.append(TellDiary(found.site, board.diary.starts(found.site)))
    if desk is not None and desk.linked:
        board.out.append(ConfirmUnbooking(desk.agent, event.token))


def slip_shown(board: Switchboard, event: e.SlipShown) -> None:
    """The slip tells the citizen's request and her contact; an appointment that is due now counts as kept."""
    desk, call = pair(board, event.agent, event.call, TALKING)
    if desk is None or call is None:
        return
    found = board.diary.find(event.token)
    if found is None or call.parent is not None:
        board.refuse(desk, call.id, RefusalCode.APPOINTMENT, UNKNOWN)
        return
    local, rules = board.local(), board.rules
    now = local is not None and found.near(local, rules.early_us, rules.late_us) and not found.used
    known = call.context
    appointment = found.start if now else known.appointment
    call.context = replace(known, service=found.service or known.service, appointment=appointment, contact=found.agent)
    if now:
        board.diary.use(found.token)
        board.out.append(TellDiary(found.site, board.diary.starts(found.site)))
    board.say(desk, ShowAppointment(desk, call.id, found))


def civil_set(board: Switchboard, event: e.CivilSet) -> None:
    board.civil, board.civil_us = datetime.fromisoformat(event.local).replace(tzinfo=None), board.now_us


def _refusal(board: Switchboard, wanted: Appointment) -> str | None:
    """Why this appointment cannot be, None when it can."""
    try:
        at = datetime.fromisoformat(wanted.start)
    except ValueError:
        return f"„{wanted.start}“ ist kein Termin; geschrieben wird er so: 2025-09-24T10:30."
    if at.tzinfo is not None:
        return "Ein Termin wird in der Zeit des Ortes genannt, ohne Zeitzone."
    site, office = board.directory.sites.get(wanted.site), board.directory.offices.get(wanted.office)
    if site is None:
        return f"Den Standort {wanted.site} gibt es nicht."
    if office is None:
        return f"Die Stelle {wanted.office} gibt es nicht."
    if wanted.agent is not None and wanted.agent not in board.desks:
        return f"Den Platz {wanted.agent} gibt es nicht."
    return _unsuitable(board, wanted, at, site, office)


def _unsuitable(board: Switchboard, wanted: Appointment, at: datetime, site: Site, office: Office) -> str | None:
    """Why site or office cannot take an appointment at this time, None when they can."""
    directory, local = board.directory, board.local()
    day = f"{at:%d.%m.%Y, %H:%M} Uhr"
    if local is not None and at <= local:
        return f"{day} ist schon vorbei."
    if not house_open(site, at, _holidays(directory, site.land)):
        return f"{site.name} ist geschlossen: {day}."
    if not office_open(office, at, _holidays(directory, directory.land)):
        return f"Die Stelle {office.name} ist nicht erreichbar: {day}."
    if board.diary.clash(wanted) is not None:
        minutes = int(SLOT.total_seconds() // 60)
        return f"{day} ist schon vergeben; zwischen zwei Terminen liegen {minutes} Minuten."
    return None


def _holidays(directory: Directory, land: str) -> frozenset[date]:
    return directory.holidays.get(land, frozenset())
