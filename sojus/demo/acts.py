"""What has happened already in the demonstration, so that whoever looks in finds something to answer."""

from __future__ import annotations

from collections.abc import Iterator

from sojus.demo.houses import YOUTH
from sojus.demo.offices import people
from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.days import Span
from sojus.domain.model.ids import (
    CaseId,
    GenderId,
    KindId,
    OfficeId,
    ProviderId,
    RequestId,
    ReservationId,
    TraitId,
)
from sojus.domain.placement import events as e
from sojus.domain.placement.records import NamelessProfile, Need, Part
from sojus.domain.search.wish import Person, Search, TraitWish
from sojus.service.asked import Asked
from sojus.service.deeds import Deed, name_from
from sojus.service.found import ResultView
from sojus.service.service import Service

HERE, THERE = people()[0].actor, people()[1].actor


def deeds(service: Service) -> Iterator[Deed]:
    """A reservation that waits for an answer, one that was confirmed, somebody who came today, a profile without a
    name; of what is free at the moment at which each is asked for."""
    today = Span(service.today)
    for key, by, provider, then in (
        ("vorgemerkt", THERE, "kranich", ()),
        ("bestätigt", HERE, "bodden", (e.Confirm,)),
        ("aufgenommen", HERE, "seeadler", (e.Confirm, e.Admit)),
    ):
        name = ReservationId(name_from(f"demo/{key}"))
        if (place := _free(service, by, ProviderId(provider))) is None:
            continue
        yield Deed(f"demo/{key}", by, e.Reserve(name, CaseId(f"demo-{key}"), (place,), today))
        house = _house(service, ProviderId(provider))
        for step in then:
            event = e.Admit(name, service.today) if step is e.Admit else e.Confirm(name)
            yield Deed(f"demo/{key}/{step.__name__}", house, event)
    profile = NamelessProfile(
        *(YOUTH, KindId("heim"), (Person(13, GenderId("m")),)),
        traits=(TraitWish(TraitId("geschwister"), True),),
        remark="Besucht die siebte Klasse und möchte an seiner Schule bleiben.",
    )
    asked = tuple(map(ProviderId, ("kranich", "seeadler", "haff")))
    yield Deed(
        "demo/anfrage", HERE, e.Ask(RequestId(name_from("demo/anfrage")), CaseId("demo-k"), profile, Need(today), asked)
    )


def _free(service: Service, by: Actor, provider: ProviderId) -> Part | None:
    """The best of this provider's for somebody of 15."""
    found = service.search(by, Asked(YOUTH, Search(KindId("heim"), (Person(15),))))
    hits = found.hits if isinstance(found, ResultView) else ()
    return next((Part(hit.place) for hit in hits if hit.provider == provider), None)


def _house(service: Service, provider: ProviderId) -> Actor:
    with service.kept.reading() as state:
        return Actor(Role.PROVIDER, OfficeId(provider), state.register.providers[provider].tenant)
