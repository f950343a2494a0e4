"""Faults of the exchange and of the desks: who is rung, who is told what, what lies in the inbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from lisa_core.desk.client import DeskClient
from lisa_core.domain.model.call_words import ConsultStage, DeskMode, Ending
from lisa_core.domain.routing import decisions as d
from lisa_core.equipment.media.memory_call import MemoryColleagueLeg
from lisa_core.exchange import executor
from lisa_core.exchange.desks.desk_states import DeskStates
from lisa_core.exchange.inbox import intake
from lisa_core.exchange.inbox.intake import Intake
from lisa_core.exchange.peers.peers import Peer
from lisa_core.exchange.relay import Relay
from lisa_core.exchange.wording import WORDS, Wording
from lisa_core.store.inbox import FolderInbox, MemoryInbox
from lisa_core.wire import messages as m
from tests.opposites.planting import both, ignored, instead, on_wire, row, said_otherwise, value

# --- calls ------------------------------------------------------------------------------------------------------------


def _never_absent(right: Any) -> Any:
    def state(states: DeskStates, mode: DeskMode, *rest: Any) -> Any:
        return right(states, DeskMode.READY if mode is DeskMode.ABSENT else mode, *rest)

    return state


def _answers(right: Any) -> Any:
    def take(desk: DeskClient, envelope: Any) -> None:
        right(desk, envelope)
        if isinstance(envelope.body, m.Offer):
            desk.accept()

    return take


def _uninformed(wording: Wording, call: Any, context: Any, waited_s: int) -> m.Offer:
    return m.Offer(wording._sites[call.site], waited_s, consult=call.parent is not None)


def _mute_when_asked(right: Any) -> Any:
    async def answer(leg: Any, offer: str) -> Any:
        leg.speak = lambda seconds: None
        return await right(leg, offer)

    return answer


def _to_everybody(right: Any) -> Any:
    def pass_on(relay: Relay, peer: Any, envelope: Any) -> None:
        right(relay, peer, envelope)
        if isinstance(envelope.body, m.CaseState):
            for desk in relay._desks.values():
                relay._record.relay(peer, envelope, desk)

    return pass_on


def _also(agent: str) -> Any:
    """What rings, rings at this desk as well."""

    def plant(right: Any) -> Any:
        def offer(wording: Any, said: list[Any], decision: Any) -> None:
            before = len(said)
            right(wording, said, decision)
            said.append(said[before]._replace(agent=agent or said[before].agent))

        return offer

    return plant


RINGS_TWICE = row(WORDS, d.RingDesk, _also(""))
RINGS_ALSO = row(WORDS, d.RingDesk, _also("vogt"))
STAYS_OPEN = value(Peer, "end", lambda peer, why: None)
RINGS_NOWHERE = row(WORDS, d.RingDesk, ignored)
NEVER_ABSENT = instead(DeskStates, "_state", _never_absent)
ANSWERS_BY_ITSELF = instead(DeskClient, "_take", _answers)
UNINFORMED = value(Wording, "_informed_offer", _uninformed)
SAYS_NO = row(WORDS, d.Refuse, said_otherwise(text="Das geht nicht."))
ENDS_UNTOLD = row(WORDS, d.EndTalk, said_otherwise(reason=Ending.AGENT))
COLLEAGUE_MUTE = both(
    instead(MemoryColleagueLeg, "answer", _mute_when_asked),
    on_wire("lisa_core.equipment.media.desk_call", "ColleagueCall", "answer", _mute_when_asked),
)
WRONG_STAGE = row(WORDS, d.EndConsult, said_otherwise(stage=ConsultStage.PAST))
FORWARDER_UNTOLD = value(Wording, "_to_forwarder", lambda *_: None)
CASE_TO_EVERYBODY = instead(Relay, "pass_on", _to_everybody)

# --- services and appointments ----------------------------------------------------------------------------------------


def _told(**words: Any) -> Any:
    return lambda right: lambda *args: replace(right(*args), **words)


def _all_at_front_desk(right: Any) -> Any:
    def state(states: DeskStates, *rest: Any) -> Any:
        told, front = right(states, *rest), states._directory.front_desk.id
        return replace(told, services=tuple(replace(one, office=front) for one in told.services))

    return state


def _of_another_day(right: Any) -> Any:
    return lambda states, mode, office, today: right(states, mode, office, date(2099, 1, 1))


def _diary_of_front_desk(right: Any) -> Any:
    def diary_for(agent: Any, directory: Any, router: Any) -> Any:
        front = next(one.id for one in directory.agents.values() if one.office == directory.front_desk.id)
        return right(front, directory, router)

    return diary_for


def _nobody_on_slip(right: Any) -> Any:
    def slip(wording: Any, said: list[Any], decision: Any) -> None:
        right(wording, said, decision)
        said[-1] = said[-1]._replace(body=replace(said[-1].body, agent_name=""))

    return slip


NO_SERVICES = instead(DeskStates, "_state", _told(services=()))
WRONG_OFFICES = instead(DeskStates, "_state", _all_at_front_desk)
SERVICES_TOO_EARLY = instead(DeskStates, "_state", _of_another_day)
DIARY_EMPTY = instead(executor, "diary_for", _told(entries=()))
DIARY_OF_ALL = instead(executor, "diary_for", _diary_of_front_desk)
SLIP_NAMES_NOBODY = row(WORDS, d.ShowAppointment, _nobody_on_slip)

# --- the inbox --------------------------------------------------------------------------------------------------------


def _damaged(right: Any) -> Any:
    def packages(inbox: Any) -> dict[str, bytes]:
        return {number: data[:99] + bytes([data[99] ^ 1]) + data[100:] for number, data in right(inbox).items()}

    return packages


def _at_front_desk(right: Any) -> Any:
    return lambda intake, *rest: replace(right(intake, *rest), office=intake._directory.front_desk.id)


def _numbered_wrongly(right: Any) -> Any:
    return lambda *args: replace(right(*args), number="20000101-000000-templin-0001")


PACKAGE_DAMAGED = both(instead(MemoryInbox, "packages", _damaged), instead(FolderInbox, "packages", _damaged))
SOMETHING_LIES = both(
    instead(MemoryInbox, "packages", lambda right: lambda inbox: {"1": b"x"}),
    instead(FolderInbox, "packages", lambda right: lambda inbox: {"1": b"x"}),
)
LAID_AT_WRONG_OFFICE = instead(Intake, "_planned", _at_front_desk)
WRONG_RECEIPT = instead(intake, "_receipt", _numbered_wrongly)
