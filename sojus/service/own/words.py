"""One row of what is one's own as a view: a reservation, somebody who waits, a request, a stay, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sojus.domain.model.days import Span, german, german_span
from sojus.domain.model.units import Unit
from sojus.domain.placement.moves import ever, party
from sojus.domain.placement.records import NamelessProfile, Need, Part, RequestStage, Stage
from sojus.domain.placement.whom.at_once import too_much
from sojus.domain.placement.words import wait_means
from sojus.domain.register.entries import Group
from sojus.domain.rights import views as seen
from sojus.service.mine import AskedHouse, OwnRequest, OwnReservation, OwnStay, OwnWaiting, PartView
from sojus.service.own import awaited, can
from sojus.service.own.profile_words import NOT_SAID, profile_words
from sojus.service.own.proposal_words import proposal_view
from sojus.service.own.reader import Reader, named

FOR_OFFICE: Mapping[Stage, str] = {
    Stage.HELD: "{places}, {days}: freigehalten bis {end}. Der Träger hat noch nicht geantwortet.",
    Stage.CONFIRMED: "{places}, {days}: der Träger nimmt auf. Freigehalten bis {end}.",
    Stage.ADMITTED: "{places}: aufgenommen.",
    Stage.DECLINED: "{places}, {days}: der Träger hat abgelehnt.",
    Stage.CANCELLED: "{places}, {days}: abgesagt.",
    Stage.EXPIRED: "{places}, {days}: verfallen, der Platz wird nicht mehr freigehalten.",
}
FOR_HOUSE: Mapping[Stage, str] = {
    **FOR_OFFICE,
    Stage.HELD: "{office} möchte {places} {days}. Nehmen Sie auf? Ohne Antwort verfällt die Reservierung: {end}.",
    Stage.CONFIRMED: "Zugesagt: {places} für {office}, {days}. Freihalten bis {end}.",
    Stage.DECLINED: "{office}, {places} {days}: Sie haben abgelehnt.",
    Stage.CANCELLED: "{office}, {places} {days}: abgesagt.",
    Stage.EXPIRED: "{office}, {places} {days}: verfallen.",
}

NOT_NOW = "Im Augenblick hat die Gruppe für diese Angaben keinen Platz, auch wenn niemand da ist. Sie warten weiter."
ENOUGH_KEPT = "Solange für den Fall schon so viele Plätze freigehalten sind, kommt keiner dazu."


def reservation(reader: Reader, row: seen.ReservationSeen) -> OwnReservation:
    parts = tuple(reader.part(one) for one in row.parts)
    office = reader.names.office_name(row.office)
    whom, remark = _whom(reader, row.profile, row.need, is_open=row.stage.open)
    texts = FOR_OFFICE if row.office == party(reader.by) else FOR_HOUSE
    said = texts[row.stage].format(
        places=named(parts) or "Ein Platz",
        days=german_span(row.need.span),
        end=reader.moment(row.ends_at),
        office=office,
    )
    return OwnReservation(
        *(row.id, row.case, row.stage.value, office, row.provider, reader.provider_name(row.provider)),
        place=parts[0].place if parts else None,
        place_name=", ".join(dict.fromkeys(one.place_name for one in parts)),
        group_name=parts[0].group_name if parts else "",
        parts=parts,
        profile=whom,
        remark=remark,
        from_=row.need.span.start,
        until=row.need.span.end,
        ends_at=row.ends_at,
        sentence=said,
        awaited=awaited.reservation(reader.state, reader.by, row),
        can=tuple(can.with_reservation(reader.state, reader.by, row)),
    )


def waiting(reader: Reader, row: seen.ReservationSeen) -> OwnWaiting:
    state = reader.state
    assert row.group is not None, "whoever waits, waits for a group"
    group = state.register.groups[row.group]
    house = state.register.facilities[group.facility]
    position = state.lists.get(row.group, ()).index(row.id) + 1
    days, end = german_span(row.need.span), reader.moment(row.ends_at)
    whom, remark = _whom(reader, row.profile, row.need, is_open=True)
    said = (
        f"„{group.name}“, {days}: auf der Warteliste an {position}. Stelle, bis {end}. {wait_means(state.terms.hold)}"
    )
    if row.case is not None and too_much(state, row.office, row.case, group.id, row.need.span):
        said = f"{said} {ENOUGH_KEPT}"
    if not ever(state, state.reservations[row.id]):
        said = f"{said} {NOT_NOW}"
    return OwnWaiting(
        *(row.id, row.case, row.stage.value, group.id, group.name),
        facility_name=house.name,
        phone=house.phone,
        position=position,
        profile=whom,
        remark=remark,
        from_=row.need.span.start,
        until=row.need.span.end,
        count=row.need.count,
        amount=row.need.amount,
        ends_at=row.ends_at,
        sentence=said,
        can=tuple(can.with_reservation(state, reader.by, row)),
    )


def request(
    reader: Reader, row: seen.RequestSeen, groups: Sequence[Group], silent: tuple[AskedHouse, ...]
) -> OwnRequest:
    """`groups`: of whoever reads, if it is a provider. `silent`: who has not answered."""
    is_mine = row.office == party(reader.by)
    whom, remark = _whom(reader, row.profile, row.need, is_open=False)
    begin = max(row.need.span.start, reader.state.today)
    return OwnRequest(
        *(row.id, row.case, row.stage.value, reader.names.office_name(row.office), whom),
        remark=remark,
        asked=len(row.to),
        proposals=tuple(proposal_view(reader, one, begin) for one in row.proposals),
        silent=silent,
        free=() if is_mine or row.stage is not RequestStage.OPEN else _could(reader, row, groups),
        from_=row.need.span.start,
        until=row.need.span.end,
        count=row.need.count,
        amount=row.need.amount,
        unit=_unit(reader, row.profile),
        contingent=row.need.contingent,
        ends_at=row.ends_at,
        sentence=_for_office(reader, row) if is_mine else _for_house(reader, row),
        awaited=awaited.request(reader.by, row),
        can=tuple(can.with_request(reader.state, reader.by, row)),
    )


def stay(reader: Reader, row: seen.StaySeen) -> OwnStay:
    part, register = reader.part(Part(row.place, row.amount)), reader.state.register
    kind = register.kind(register.groups[register.books[row.place].place.group])
    wanted = _wanted(row)
    return OwnStay(
        *(row.id, row.case, _stay_state(row), reader.names.office_name(row.office), row.provider),
        provider_name=reader.provider_name(row.provider),
        place=row.place,
        place_name=part.place_name,
        group_name=part.group_name,
        facility_name=part.facility_name,
        phone=part.phone,
        area=register.vocabulary(row.place).id,
        kind=kind.id,
        unit=kind.unit,
        amount=row.amount,
        admitted_on=row.admitted_on,
        discharged_on=row.discharged_on,
        from_=row.span.start,
        until=row.span.end,
        contingent=row.contingent,
        wanted=wanted,
        sentence=" ".join(_stay_said(row, part.place_name, wanted)),
        awaited=awaited.stay(reader.by, row),
        can=tuple(can.with_stay(reader.state, reader.by, row)),
    )


def _whom(reader: Reader, profile: NamelessProfile | None, need: Need, *, is_open: bool) -> tuple[str, str]:
    """For whom, and what was remarked; of what is open, that nobody has said."""
    if profile is None:
        return (NOT_SAID if is_open else "", "")
    return profile_words(reader.state.register.vocabularies, profile, need), profile.remark


def _unit(reader: Reader, profile: NamelessProfile | None) -> Unit | None:
    vocabulary = None if profile is None else reader.state.register.vocabularies.get(profile.area)
    kind = None if profile is None or vocabulary is None else vocabulary.kinds.get(profile.kind)
    return None if kind is None else kind.unit


def _wanted(row: seen.StaySeen) -> str:
    grant = row.wanted
    if grant is None or row.ended:
        return ""
    until = (
        "ohne festes Ende" if grant.until is None else f"bis zum {german(Span(row.span.start, grant.until).last_day)}"
    )
    much = f" und {grant.amount} statt {row.amount}" if grant.amount != row.amount else ""
    return f"Der Träger bittet um Zustimmung: {until}{much}."


def _stay_said(row: seen.StaySeen, place: str, wanted: str) -> Iterator[str]:
    """Each a sentence."""
    came = german(row.admitted_on)
    if row.taken_back:
        yield f"„{place}“: die Aufnahme am {came} war ein Irrtum und ist zurückgenommen."
        return
    if row.ended:
        yield f"„{place}“: aufgenommen am {came}, entlassen am {german(row.discharged_on or row.span.last_day)}."
    elif row.overdue is not None or row.span.end is None:
        yield f"„{place}“: aufgenommen am {came}."
    else:
        yield f"„{place}“: aufgenommen am {came}, geplant bis {german(row.span.last_day)}."
    if row.overdue is not None and not row.ended:
        yield f"Das geplante Ende ist vorbei ({german(row.overdue)}), und niemand ist entlassen."
    if row.contingent is not None:
        yield f"Kontakte: {row.contacts} von {row.contingent} bewilligten."
    if wanted:
        yield wanted


def _stay_state(row: seen.StaySeen) -> str:
    if row.taken_back:
        return "zurückgenommen"
    if row.ended:
        return "entlassen"
    return "überfällig" if row.overdue is not None else "besteht"


def _for_office(reader: Reader, row: seen.RequestSeen) -> str:
    days = german_span(row.need.span)
    if row.stage is not RequestStage.OPEN:
        return f"Anfrage an {len(row.to)} Träger, {days}: {row.stage.value}."
    said = f"Anfrage an {len(row.to)} Träger, {days}, bis {reader.moment(row.ends_at)}: "
    offers = "noch kein Angebot" if not row.proposals else _counted(len(row.proposals), "Angebot", "Angebote")
    return said + offers + (f", {len(row.passed)} ohne Platz." if row.passed else ".")


def _for_house(reader: Reader, row: seen.RequestSeen) -> str:
    office, days = reader.names.office_name(row.office), german_span(row.need.span)
    if row.stage is not RequestStage.OPEN:
        return f"Anfrage von {office}, {days}: {row.stage.value}. Sie brauchen nicht mehr zu suchen."
    if row.proposals:
        return f"Anfrage von {office}, {days}: Sie haben angeboten: {named(map(reader.part, row.proposals[0].parts))}."
    if row.passed:
        return f"Anfrage von {office}, {days}: Sie haben geantwortet, dass Sie nichts haben."
    return f"{office} fragt {days} ohne Namen: können Sie aufnehmen? Bitte bis {reader.moment(row.ends_at)} antworten."


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _could(reader: Reader, row: seen.RequestSeen, groups: Sequence[Group]) -> tuple[PartView, ...]:
    """Its places of this kind of help that are free on these days."""
    register, span = reader.state.register, row.need.span
    days = Span(max(span.start, reader.state.today), span.end)
    if row.profile is None or days.empty:
        return ()
    asked = (row.profile.area, row.profile.kind)
    ours = (one.id for one in groups if (one.area, one.kind) == asked)
    books = (book for group in ours for book in register.books_of(group))
    free = (book.place.id for book in books if book.hindrance(days, row.need.amount) is None)
    return tuple(reader.part(Part(place, row.need.amount)) for place in free)
