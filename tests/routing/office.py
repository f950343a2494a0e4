"""A small Landkreis for the tests of the router, and a hand at its controls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from lisa_core.domain.model.directory import Agent, Directory, FormSpec, Office, Rules, Service, Site, Trigger
from lisa_core.domain.model.ids import AgentId, CallId, FormId, OfficeId, ServiceId, SiteId, TenantId, VisitId
from lisa_core.domain.routing import events as e
from lisa_core.exchange.wording import Command, ToBooth, ToDesk, WordedRouter

S = 1_000_000
FRONT, HOUSING, CARE, YOUTH = map(OfficeId, ("lisa-team", "wohngeldstelle", "pflegestuetzpunkt", "jugendamt"))
BRANDT, SEIDEL, VOGT, NOWAK, PETERSEN, JAHN = map(AgentId, ("brandt", "seidel", "vogt", "nowak", "petersen", "jahn"))
SITES = tuple(map(SiteId, ("templin", "lychen", "gartz", "gramzow", "angermuende")))
RENT, BURDEN, ADVICE, PARENTS = map(ServiceId, ("mietzuschuss", "lastenzuschuss", "pflegeberatung", "elterngeld"))
WORKDAYS = {day: ((time(8), time(16)),) for day in range(5)}
WALK_IN_DAYS = {day: WORKDAYS[day] for day in (0, 1, 4)}
BY_APPOINTMENT = {day: WORKDAYS[day] for day in (2, 3)}
FORMS = {FormId(name): FormSpec(FormId(name), f"Antrag {name}", "", ()) for name in ("miete", "last")}


def directory(wrap_up_us: int = 0, overflow_us: int = 40 * S) -> Directory:
    """Four offices; Frau Vogt knows Lastenzuschuss at level 3, Herr Nowak at 1; care overflows to housing."""
    offices = (
        Office(FRONT, "LISA-Team", TenantId("lk"), True, wrap_up_us=wrap_up_us),
        Office(HOUSING, "Wohngeldstelle", TenantId("lk"), hours=WORKDAYS),
        Office(CARE, "Pflegestützpunkt", TenantId("lk"), overflow_to=HOUSING, overflow_us=overflow_us),
        Office(YOUTH, "Jugendamt", TenantId("jugendamt"), valid_from=date(2024, 4, 17)),
    )
    services = (
        Service(RENT, "Mietzuschuss", HOUSING, (FormId("miete"),)),
        Service(BURDEN, "Lastenzuschuss", HOUSING, (FormId("last"),), skill="last", level=3),
        Service(ADVICE, "Pflegeberatung", CARE),
        Service(PARENTS, "Elterngeld", YOUTH, valid_from=date(2024, 4, 17)),
    )
    agents = (
        Agent(BRANDT, "Frau Brandt", FRONT),
        Agent(SEIDEL, "Herr Seidel", FRONT),
        Agent(VOGT, "Frau Vogt", HOUSING, {"last": 3}),
        Agent(NOWAK, "Herr Nowak", HOUSING, {"last": 1}),
        Agent(PETERSEN, "Herr Petersen", CARE),
        Agent(JAHN, "Frau Jahn", YOUTH),
    )
    sites = [
        Site(site, site.title(), "BB", date(2023, 3, 1), Trigger.ENTRY, WALK_IN_DAYS, appointment_hours=BY_APPOINTMENT)
        for site in SITES
    ]
    return Directory(
        {site.id: site for site in sites},
        {office.id: office for office in offices},
        {service.id: service for service in services},
        FORMS,
        {agent.id: agent for agent in agents},
        {"BB": frozenset({date(2025, 10, 31)})},
        "BB",
    )


class Hand:
    """Plays booths and desks. Every act returns what the router sent, as (to, message) in order."""

    def __init__(self, rules: Rules | None = None, known: Directory | None = None) -> None:
        self.directory = known or directory()
        self.router = WordedRouter(self.directory, rules or Rules())
        self.now_us = 0
        self.said: list[tuple[str, Any]] = []

    def do(self, event: e.RoutingEvent) -> list[tuple[str, Any]]:
        """One event, now."""
        said = list(_said(self.router.handle(event, self.now_us)))
        self.said += said
        return said

    def open(self, *agents: AgentId) -> None:
        """They sit down and are ready, in this order."""
        for agent in agents:
            self.do(e.DeskJoined(agent))
            self.do(e.AgentReady(agent))

    def come(self, site: SiteId, token: str = "") -> CallId:
        """Somebody enters there."""
        call = CallId(f"{site}/{self.now_us}")
        self.do(e.CallPlaced(site, call, VisitId(call), token))
        return call

    def talk(self, agent: AgentId, call: CallId) -> None:
        """The agent, whose desk rings, answers."""
        self.do(e.CallAccepted(agent, call))

    def wait(self, us: int) -> list[tuple[str, Any]]:
        """Time passes; what falls due happens at its moment."""
        until, said = self.now_us + us, []
        while (due := self.router.next_due_us()) is not None and due <= until:
            self.now_us = max(self.now_us, due)
            said += self.do(e.Due())
        self.now_us = until
        return said

    def rings(self) -> dict[AgentId, CallId]:
        """Which desks ring for which call."""
        desks = [self.router.desk(agent) for agent in self.directory.agents]
        return {desk.agent: desk.call for desk in desks if desk and desk.call and desk.mode.value == "klingelt"}

    def mode(self, agent: AgentId) -> str:
        desk = self.router.desk(agent)
        assert desk is not None
        return desk.mode.value

    def heard(self, who: str, kind: type) -> Any:
        """The last message of this kind that went to a desk or a site."""
        return next((body for to, body in reversed(self.said) if to == who and type(body) is kind), None)


def _said(commands: Iterable[Command]) -> Iterable[tuple[str, Any]]:
    for command in commands:
        match command:
            case ToBooth(site, _, body):
                yield site, body
            case ToDesk(agent, _, body):
                yield agent, body
            case _:
                pass
