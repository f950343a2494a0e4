"""What has happened already in the demonstration, so that whoever looks in finds something to answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sojus.demo.plan import plan
from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.days import Span
from sojus.domain.model.ids import CaseId, OfficeId, ProviderId, RequestId, ReservationId
from sojus.domain.placement import events as e
from sojus.domain.placement.records import NamelessProfile, Need, Part
from sojus.domain.search.wish import Person, Search, TraitWish
from sojus.service.asked import Asked
from sojus.service.deeds import Deed, name_from
from sojus.service.found import ResultView
from sojus.service.service import Service


def deeds(service: Service, cases: Mapping[str, CaseId]) -> Iterator[Deed]:
    """A reservation that waits for an answer, one that was confirmed, somebody who came today, a profile without a
    name; of what is free at the moment at which each is asked for. `cases`: by what has happened; of others no name is
    known."""
    today, acts = Span(service.today), plan().acts
    here, there = (one.actor for one in plan().people[:2])
    somebody = NamelessProfile(acts.area, acts.kind, (Person(acts.age),))
    first, second, third = list(plan().providers)[:3]
    for key, by, provider, then in (
        ("reserviert", there, first, ()),
        ("bestätigt", here, third, (e.Confirm,)),
        ("aufgenommen", here, second, (e.Confirm, e.Admit)),
    ):
        name = ReservationId(name_from(f"demo/{key}"))
        if (place := _free(service, by, provider)) is None:
            continue
        case = cases.get(key, CaseId(f"demo-{key}"))
        yield Deed(f"demo/{key}", by, e.Reserve(name, case, (place,), today, profile=somebody))
        house = Actor(Role.PROVIDER, OfficeId(provider), plan().providers[provider][1])
        for step in then:
            event = e.Admit(name, service.today) if step is e.Admit else e.Confirm(name)
            yield Deed(f"demo/{key}/{step.__name__}", house, event)
    profile = NamelessProfile(
        *(acts.area, acts.kind, (Person(acts.request_age, acts.request_gender),)),
        traits=tuple(TraitWish(key, value) for key, value in acts.request_traits.items()),
        remark=acts.remark,
    )
    case = cases.get("anfrage", CaseId("demo-anfrage"))
    ask = e.Ask(RequestId(name_from("demo/anfrage")), case, profile, Need(today), acts.request_to)
    yield Deed("demo/anfrage", here, ask)


def _free(service: Service, by: Actor, provider: ProviderId) -> Part | None:
    """The best that this provider has."""
    acts = plan().acts
    found = service.search(by, Asked(acts.area, Search(acts.kind, (Person(acts.age),))))
    hits = found.hits if isinstance(found, ResultView) else ()
    return next((Part(hit.place) for hit in hits if hit.provider == provider), None)
