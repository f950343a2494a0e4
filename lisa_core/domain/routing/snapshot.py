"""The router's whole state as plain JSON and back. Restored, it answers every further event as before."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from lisa_core.domain.model.ids import AgentId, OfficeId
from lisa_core.domain.model.json_types import Json, JsonDict
from lisa_core.domain.model.values import from_json, to_json
from lisa_core.domain.routing.appointments import Appointment
from lisa_core.domain.routing.counters import Counter
from lisa_core.domain.routing.seats import Absence, Call, Desk
from lisa_core.domain.routing.switchboard import READY, WAITING, Switchboard

FORM = 1
_COUNTED = ("last_order", "talk_us", "accepted_us", "alarm", "due_us")
_MOMENTS = {"placed_us", "due_us", "since_us", "accepted_us", "hold_us", "relax_us", "widen_us", "return_us"}

T = TypeVar("T")


def save(board: Switchboard) -> JsonDict:
    """Everything that is not configuration. All times are those of the router's own `now_us`."""
    return {
        "form": FORM,
        "now_us": board.now_us,
        "count": board.count,
        "civil": board.civil.isoformat() if board.civil else None,
        "civil_us": board.civil_us,
        "desks": [to_json(desk) for desk in board.desks.values()],
        "calls": [to_json(call) for call in board.calls.values()],
        "lost": [to_json(absence) for absence in board.lost.values()],
        "counters": {
            office: {name: getattr(counter, name) for name in _COUNTED} for office, counter in board.counters.items()
        },
        "diary": [to_json(found) for found in board.diary.all()],
    }


def load(board: Switchboard, data: JsonDict, now_us: int | None) -> None:
    """Fill a new switchboard. With `now_us`, the clock that restarted, all times are moved as if none had passed."""
    if data["form"] != FORM:
        raise ValueError(f"router: snapshot of form {data['form']}, this program reads form {FORM}")
    shift_us = 0 if now_us is None else now_us - data["now_us"]
    data = _shifted(data, shift_us)
    board.now_us, board.count = data["now_us"] + shift_us, data["count"]
    board.civil = datetime.fromisoformat(data["civil"]) if data["civil"] else None
    board.civil_us = data["civil_us"] + shift_us
    for entry in data["diary"]:
        board.diary.add(from_json(Appointment, entry))
    for office, entry in data["counters"].items():
        if counter := board.counters.get(OfficeId(office)):
            _fill(counter, entry)
            board.alarms.restore(counter)
    _load_desks(board, data)
    _load_calls(board, data)
    for entry in data["lost"]:
        absence = from_json(Absence, entry)
        board.lost[absence.site] = absence
        board.alarms.restore(absence)


def _load_desks(board: Switchboard, data: JsonDict) -> None:
    desks = [from_json(Desk, entry) for entry in data["desks"] if entry["agent"] in board.desks]
    for desk in sorted(desks, key=_turn):
        # The configuration may have moved the agent to another office; an agent who left it has no desk.
        desk.office = board.directory.agents[AgentId(desk.agent)].office
        board.desks[desk.agent] = desk
        counter = board.counters[desk.office]
        counter.staffed += desk.mode.here
        if desk.mode is READY:
            counter.ready += 1
            board.matching.push_ready(desk)
        board.alarms.restore(desk)


def _load_calls(board: Switchboard, data: JsonDict) -> None:
    for entry in data["calls"]:
        call = from_json(Call, entry)
        if call.office not in board.counters or call.site not in board.directory.sites:
            continue
        board.calls[call.id] = call
        if call.parent is None:
            board.at_site[call.site] = call
        if call.mode is WAITING:
            board.counters[call.office].queue[call.id] = call
            for lane in board.lanes_of(call):
                lane.push(call)
        board.alarms.restore(call)


def _shifted(value: Json, shift_us: int) -> Json:
    """The same data with all moments moved."""
    if not shift_us:
        return value
    if isinstance(value, dict):
        return {
            key: entry + shift_us if key in _MOMENTS and entry is not None else _shifted(entry, shift_us)
            for key, entry in value.items()
        }
    return [_shifted(entry, shift_us) for entry in value] if isinstance(value, list) else value


def _fill(counter: Counter, entry: JsonDict) -> None:
    for name in _COUNTED:
        setattr(counter, name, entry[name])


def _turn(desk: Desk) -> int:
    return desk.turn
