"""Random lives of all places at once, beside a sheet of paper: no place twice, nothing kept for ever, nobody untold.

Reservations, waiting lists and stays; `test_lives` adds requests and runs them.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sojus.domain.model.actors import Actor
from sojus.domain.model.days import Span
from sojus.domain.model.ids import (
    CaseId,
    ClosureId,
    GroupId,
    KindId,
    OfficeId,
    PlaceId,
    ReservationId,
    StayId,
)
from sojus.domain.placement import events as e
from sojus.domain.placement.decisions import Decision, News, PlacesChanged, Tell, Why
from sojus.domain.placement.machine import handle, next_due
from sojus.domain.placement.records import NamelessProfile, Need, Part, stay_of
from sojus.domain.placement.state import Placements
from sojus.domain.register.entries import Closure, Removable, Removal, Stay
from sojus.domain.register.ledger import Taken, Use
from sojus.domain.register.offering import offer
from sojus.domain.search.fitting import misfit
from tests.sojus.lives_world import (
    BY_THE_HOUR,
    GROUPS,
    HOUR,
    KEPT,
    OPEN,
    PLACES,
    SAME_HELP,
    SEARCHED,
    WHOM,
    Tables,
    amounts,
    crowded,
    groups,
    lengths,
    offices,
    picks,
    places,
    starts,
    whom,
    wishes,
    world,
)
from tests.sojus.midst import fail_in_the_midst_of
from tests.sojus.naive_placements import DAYS, Sheet, Slip
from tests.sojus.providers import (
    AREA,
    CLOCK,
    ELSEWHERE,
    HERE,
    NOON,
    THERE,
    TODAY,
    given,
    house,
    office,
)


def called(one: Taken) -> str:
    """What the sheet writes for it: each time somebody is at a place has a name of its own in the ledger."""
    return stay_of(one.ref) if one.use is Use.ADMITTED else one.ref


class Lives(RuleBasedStateMachine):
    """Offices and providers do anything at any time; the sheet says what has to come of it."""

    def __init__(self) -> None:
        super().__init__()
        self.state = Placements(world())
        books = self.state.register.books
        self.sheet = Sheet(
            TODAY,
            {name: book.place.capacity for name, book in books.items()},
            {name: book.place.group for name, book in books.items()},
            {name: self.state.register.groups[book.place.group].kind for name, book in books.items()},
        )
        self.now = NOON
        self.acts: list[e.Act] = []
        self.number = 0
        self.offered = {place: offer(self.state.register, place, TODAY) for place in PLACES}

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def kept_since(self) -> date:
        """What ended before this day may have left."""
        return self.today - timedelta(days=self.sheet.terms.over_days)

    @property
    def earliest(self) -> date:
        """From which day on an office may still reserve."""
        return self.today - timedelta(days=self.sheet.terms.backdated_days)

    @initialize()
    def save_a_search(self) -> None:
        handle(self.state, e.Act(CLOCK, self.now, e.Elapsed()))
        handle(self.state, e.Act(office(HERE), self.now, KEPT))
        self.acts += [e.Act(CLOCK, self.now, e.Elapsed()), e.Act(office(HERE), self.now, KEPT)]

    @initialize(crowd=st.lists(st.tuples(crowded, st.sampled_from((1, 1, 2)), whom), max_size=6), full=st.booleans())
    def begin(self, crowd: list[tuple[GroupId, int, str]], full: bool) -> None:
        """A house in which all is kept for one office, and others stand in line."""
        for place in PLACES if full else ():
            all_of_it = (
                [(place, self.sheet.capacity[place])]
                if place in BY_THE_HOUR
                else [(place, 1)] * self.sheet.capacity[place]
            )
            self.reserve(HERE, all_of_it, 0, None, case=f"voll-{place}")
        for number, (group, count, who) in enumerate(crowd):
            self.join((THERE, ELSEWHERE)[number % 2], group, count, 1, 0, None, who)

    # --- what happens -------------------------------------------------------------------------------------------------

    @rule(by=offices, wanted=wishes, ahead=starts, days=lengths, whom=whom, alike=st.lists(places, max_size=2))
    def reserve(
        self,
        by: OfficeId,
        wanted: list[tuple[PlaceId, int]],
        ahead: int,
        days: int | None,
        whom: str = "",
        case: str = "",
        alike: list[PlaceId] | None = None,
    ) -> None:
        span, sums = self.span(ahead, days), [place for place, _ in wanted]
        houses = {self.state.register.owner(place) for place in sums}
        possible = not span.empty and span.start >= self.earliest and len(houses) == 1
        possible = possible and all(amount == 1 or place in BY_THE_HOUR for place, amount in wanted)
        possible = possible and (not whom or len({self.sheet.help_of[place] for place in sums}) == 1)
        near = {self.sheet.group_of[place] for place in sums}
        alike = [one for one in alike or () if self.number % 3 == 0 or self.sheet.group_of[one] in near]
        possible = possible and all(self.sheet.group_of[one] in near for one in alike)
        shares = self.sheet.with_alike(wanted, alike, span) if possible else wanted
        free = possible and self.sheet.is_free(shares, span)
        name = self.name()
        slip = Slip(by, None, span, 1, len(sums), self.now, case=case or f"fall-{self.number % 3}")
        enough = self.sheet.is_enough(slip, sums, span)
        profile = self.profile(whom, self.sheet.help_of[sums[0]], len(sums))
        parts = tuple(Part(*one) for one in wanted)
        what = e.Reserve(name, CaseId(slip.case), parts, span, profile=profile, alike=tuple(alike))
        said = self.do(office(by), what, not free or enough)
        if possible and not free:
            (told,) = [one for one in said if isinstance(one, Tell)]
            shut = any((place, span.start) in self.sheet.closed for place in sums)
            assert (told.to.office, told.why) == (by, Why.NOT_FREE), "who comes second is told so, and why"
            assert told.may_wait or shut
        if free and enough:
            assert Why.ENOUGH in {one.why for one in said if isinstance(one, Tell)}
        elif free:
            self.sheet.slips[name] = slip
            self.sheet.keep(name, shares, span, self.now)
        self.after()

    def profile(self, whom: str, kind: str, number: int) -> NamelessProfile | None:
        """So many like that; "": nobody says for whom."""
        return NamelessProfile(AREA, KindId(kind), (WHOM[whom][0],) * number, WHOM[whom][1]) if whom else None

    @rule(
        by=offices,
        group=groups,
        number=st.integers(1, 3),
        each=st.integers(1, 3),
        ahead=starts,
        days=lengths,
        whom=whom,
    )
    def join(
        self, by: OfficeId, group: GroupId, number: int, each: int, ahead: int, days: int | None, whom: str = ""
    ) -> None:
        span, name = self.span(ahead, days), self.name()
        case = CaseId(f"fall-{self.number % 2}")
        mine = [place for place in PLACES if self.sheet.group_of[place] == group]
        until = self.now + self.sheet.terms.wait
        slip = Slip(by, group, span, each, number, until, case=case, turn=len(self.sheet.slips) + 1, until=until)
        slip.fits = WHOM[whom][2] if whom else None
        ever = sum(self.sheet.capacity[place] // each for place in mine if slip.may_be(place)) >= number
        possible = not span.empty and span.start >= self.today and ever and (each == 1 or mine[0] in BY_THE_HOUR)
        mine_now = [one for one in self.sheet.slips.values() if (one.office, one.case) == (by, case)]
        possible = possible and not any(one.group == group and one.stage in OPEN for one in mine_now)
        parts = self.sheet.find(slip, span) if possible else None
        possible = possible and not (parts and self.sheet.is_enough(slip, dict(parts), span))
        profile = self.profile(whom, self.sheet.help_of[mine[0]], number)
        self.do(office(by), e.Join(name, case, group, Need(span, number, each), profile), not possible)
        if possible:
            self.sheet.slips[name] = slip
            self.sheet.line.append(name)
        self.after()

    @rule(pick=picks)
    def confirm(self, pick: int) -> None:
        if name := self.pick(pick):
            slip, wrong = self.sheet.slips[name], pick % 7 == 6
            no = slip.stage != "reserviert" or wrong
            self.do(self.keeper(name, wrong), e.Confirm(ReservationId(name)), no)
            if not no:
                slip.stage, slip.remind = "bestätigt", None
                last = datetime.combine(slip.span.start, NOON.timetz().replace(hour=0))
                slip.ends = max(slip.ends, last + timedelta(days=self.sheet.terms.arrival_days + 1))
            self.after()

    @rule(pick=picks)
    def decline(self, pick: int) -> None:
        if name := self.pick(pick):
            no = self.sheet.slips[name].stage not in ("reserviert", "bestätigt")
            self.do(self.keeper(name), e.Decline(ReservationId(name), "voll"), no)
            if not no and not self.sheet.back(name, [place for place, _ in self.sheet.slips[name].parts], self.now):
                self.sheet.finish(name, "abgelehnt")
            self.after()

    @rule(pick=picks, by=offices)
    def cancel(self, pick: int, by: OfficeId) -> None:
        if name := self.pick(pick):
            slip = self.sheet.slips[name]
            no = slip.office != by or slip.stage not in OPEN
            self.do(office(by), e.Cancel(ReservationId(name)), no)
            if not no:
                self.sheet.finish(name, "abgesagt")
            self.after()

    @rule(pick=picks)
    def extend(self, pick: int) -> None:
        if name := self.pick(pick):
            slip = self.sheet.slips[name]
            no = slip.stage not in ("reserviert", "bestätigt") or slip.longer >= self.sheet.terms.extensions
            self.do(office(OfficeId(slip.office)), e.Extend(ReservationId(name)), no)
            if not no:
                slip.longer, slip.ends = slip.longer + 1, slip.ends + self.sheet.terms.hold
            self.after()

    @rule(pick=picks, ahead=starts, days=lengths)
    def rebook(self, pick: int, ahead: int, days: int | None) -> None:
        """The same places on other days."""
        if name := self.pick(pick):
            slip, span = self.sheet.slips[name], self.span(ahead, days)
            no = slip.stage not in ("reserviert", "bestätigt") or slip.longer >= self.sheet.terms.extensions
            no = no or span in (slip.span, Span(span.start, span.start)) or span.start < self.earliest
            no = no or not self.sheet.is_free(slip.parts, span, name)
            no = no or self.sheet.is_enough(slip, dict(slip.parts), span, name)
            self.do(office(OfficeId(slip.office)), e.Rebook(ReservationId(name), span), no)
            if not no:
                ends, slip.longer = slip.ends, slip.longer + 1
                self.sheet.rub_out(name)
                self.sheet.keep(name, slip.parts, span, self.now)
                slip.ends = max(slip.ends, ends)
            self.after()

    @rule(pick=picks, ago=st.sampled_from((0, 0, 1, 2, -1)), days=lengths)
    def admit(self, pick: int, ago: int, days: int | None) -> None:
        if name := self.pick(pick):
            slip, span = self.sheet.slips[name], self.span(-ago, days)
            span = span if days is not None else Span(span.start, slip.span.end)
            no = slip.stage not in ("reserviert", "bestätigt") or span.empty or span.start > self.today
            no = no or span.start < slip.span.start or span.stop > slip.span.stop
            no = no or not self.sheet.is_free(slip.parts, span, name)
            until = None if days is None else span.end
            self.do(self.keeper(name), e.Admit(ReservationId(name), span.start, until), no)
            if not no:
                self.sheet.rub_out(name)
                slip.stage = "aufgenommen"
                for number, (place, amount) in enumerate(slip.parts, 1):
                    stay = f"{name}/{number}"
                    self.sheet.write(stay, place, span, amount)
                    self.sheet.stays[stay] = place, span, amount
                    self.sheet.granted[stay] = slip.span.stop, amount
                self.sheet.end_waits(name)
                self.sheet.overrun(self.today)
            self.after()

    @rule(pick=picks, ago=st.integers(-1, 3))
    def discharge(self, pick: int, ago: int) -> None:
        if names := sorted(self.sheet.stays):
            name, day = names[pick % len(names)], self.today - timedelta(days=ago)
            place, span, amount = self.sheet.stays[name]
            stay = Span(span.start, day + timedelta(days=1))
            no = day > self.today or day < span.start
            self.do(house(self.state.register.owner(place)), e.Discharge(StayId(name), day), no)
            if not no:
                self.sheet.left[name] = day, place, span, amount, name in self.sheet.late
                del self.sheet.stays[name]
                self.sheet.wanted.pop(name, None)
                self.sheet.stand(name, place, stay, amount)
            self.after()

    @rule(pick=picks, days=lengths, amount=amounts)
    def change(self, pick: int, days: int | None, amount: int) -> None:
        """Another planned end, another amount; what was not approved is asked for."""
        if names := sorted(self.sheet.stays):
            name, until = names[pick % len(names)], None if days is None else self.today + timedelta(days=days)
            no = not self.is_possible(name, until, amount)
            by = house(self.state.register.owner(self.sheet.stays[name][0]))
            self.do(by, e.ChangeStay(StayId(name), until, amount), no)
            most, much = self.sheet.granted[name]
            if not no and (until or date.max) <= most and amount <= much:
                self.sheet.change(name, until, amount)
            elif not no:
                self.sheet.wanted[name] = until, amount
            self.after()

    @rule(pick=picks, by=offices, yes=st.sampled_from((True, True, False)))
    def agree(self, pick: int, by: OfficeId, yes: bool) -> None:
        """Their office approves what is asked for, if it is still possible."""
        if names := sorted(self.sheet.wanted) or sorted(self.sheet.stays):
            name = names[pick % len(names)]
            right = self.sheet.slips[name.partition("/")[0]].office
            wanted = self.sheet.wanted.get(name)
            no = wanted is None or (yes and not self.is_possible(name, *wanted)) or (pick % 4 == 0 and by != right)
            self.do(office(by if pick % 4 == 0 else OfficeId(right)), e.Agree(StayId(name), yes), no)
            if wanted is not None and not no and yes:
                self.sheet.granted[name] = wanted[0] or date.max, wanted[1]
                self.sheet.change(name, *wanted)
            elif not no:
                del self.sheet.wanted[name]
            self.after()

    def is_possible(self, name: str, until: date | None, amount: int) -> bool:
        place, span, _ = self.sheet.stays[name]
        ahead = Span(max(span.start, self.today), until)
        fits = self.sheet.room(place, ahead, name) >= amount and (amount == 1 or place in BY_THE_HOUR)
        return fits and not Span(span.start, until).empty and not ahead.empty

    @rule(pick=picks, to=places, ago=st.integers(-1, 1))
    def move(self, pick: int, to: PlaceId, ago: int) -> None:
        """To another place; what was before that day stays where it was."""
        if names := sorted(self.sheet.stays):
            name, day = names[pick % len(names)], self.today - timedelta(days=ago)
            place, span, amount = self.sheet.stays[name]
            later, by = Span(day, span.end), house(self.state.register.owner(place))
            no = day > self.today or day < span.start or later.empty or to == place
            no = no or self.state.register.owner(to) != self.state.register.owner(place)
            no = no or self.sheet.group_of[to] not in SAME_HELP[self.sheet.group_of[place]]
            no = no or not self.sheet.is_free([(to, amount)], later, name)
            self.do(by, e.MoveStay(StayId(name), to, day), no)
            if not no:
                self.sheet.rub_out(name, place, day)
                self.sheet.write(name, to, later, amount)
                self.sheet.stays[name] = to, later, amount
                self.sheet.moved.add(name)
            self.after()

    @rule(pick=picks, ago=st.sampled_from((0, 0, 1, 2)))
    def discharged_by_mistake(self, pick: int, ago: int) -> None:
        """They are there again, where it was not given to others."""
        if names := sorted(self.sheet.left):
            name = names[pick % len(names)]
            entered, place, span, amount, late = self.sheet.left[name]
            day = entered - timedelta(days=ago if pick % 3 == 0 else 0)
            no = day != entered
            by = house(self.state.register.owner(place))
            self.do(by, e.TakeBack(StayId(name), e.Entered.DISCHARGE, day), no)
            if not no:
                del self.sheet.left[name]
                self.sheet.stays[name] = place, span, amount
                self.sheet.stand(name, place, span, amount)
                if not late:
                    self.sheet.overrun(self.today)
            self.after()

    @rule(pick=picks, ago=st.sampled_from((0, 0, 0, 1)))
    def admitted_by_mistake(self, pick: int, ago: int) -> None:
        """All who came by that reservation: it is reserved again, as far as it is still free."""
        there = sorted(name for name, slip in self.sheet.slips.items() if slip.stage == "aufgenommen")
        if there:
            name = there[pick % len(there)]
            slip, admitted = self.sheet.slips[name], self.state.stays[StayId(f"{name}/1")].admitted_on
            stays = [f"{name}/{number}" for number, _ in enumerate(slip.parts, 1)]
            no = ago > 0 or any(one not in self.sheet.stays or one in self.sheet.moved for one in stays)
            by, day = house(self.state.register.owner(slip.parts[0][0])), admitted - timedelta(days=ago)
            planned = self.state.stays[StayId(stays[0])]
            self.do(by, e.TakeBack(StayId(stays[0]), e.Entered.ADMISSION, day), no)
            if not no:
                self.sheet.not_come(name, stays, Span(day, planned.overdue or planned.span.end), self.now)
            self.after()

    @rule(place=places, ahead=starts, days=lengths, amount=amounts)
    def report(self, place: PlaceId, ahead: int, days: int | None, amount: int) -> None:
        """The provider says that somebody is there who did not come through SoJuS."""
        span, name = self.span(ahead, days and min(days, 3)), self.name("stay")
        no = span.empty or self.sheet.room(place, span) < amount
        by = house(self.state.register.owner(place))
        self.do(by, e.TakeIn(given(Stay(StayId(name), place, span, amount))), no)
        if not no:
            self.sheet.write(f"/{name}", place, span, amount)
        self.after()

    @rule(place=places, ahead=starts, days=st.integers(1, 5), lifted=st.sampled_from((True, True, True, False)))
    def close(self, place: PlaceId, ahead: int, days: int, lifted: bool) -> None:
        span = self.span(ahead, days)
        by, shut = house(self.state.register.owner(place)), ClosureId(self.name("zu"))
        kept = [one for one in self.sheet.slips.values() if one.stage in ("reserviert", "bestätigt")]
        no = any(span.holds(one.span.start) and place in dict(one.parts) for one in kept)
        self.do(by, e.TakeIn(given(Closure(shut, place, span))), no)
        if not no:
            before = set(self.sheet.closed)
            self.sheet.closed |= {(place, day) for day in self.sheet.days(span)}
            self.after()
            if lifted:
                self.do(by, e.TakeIn(given(Removal(place, Removable.CLOSURE, shut))), no=False)
                self.sheet.closed = before
        self.after()

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        """As far as something is due, and then it is brought; what is due earlier is brought first."""
        until = self.now + hours * HOUR
        if until.date() > TODAY + timedelta(days=DAYS // 2):
            return
        while (due := next_due(self.state)) is not None and due <= until:
            self.elapse(due)
        self.elapse(until)

    # --- what must hold -----------------------------------------------------------------------------------------------

    @invariant()
    def every_square_belongs_to_whom_the_sheet_says(self) -> None:
        ahead = [day for number in range(-5, DAYS) if (day := TODAY + timedelta(days=number)) >= self.kept_since]
        for place, book in self.state.register.books.items():
            for day in ahead:
                here = {called(one): one.amount for one in book.taken if one.span.holds(day)}
                assert here == self.sheet.squares.get((place, day), {}), (place, day)
                assert sum(here.values()) <= book.place.capacity

    @invariant()
    def stages_and_lines_are_those_of_the_sheet(self) -> None:
        here = {name: one.stage.value for name, one in self.state.reservations.items()}
        assert here.items() <= {name: slip.stage for name, slip in self.sheet.slips.items()}.items()
        gone = [slip for name, slip in self.sheet.slips.items() if ReservationId(name) not in here]
        assert not gone or (self.kept_since >= TODAY and not {slip.stage for slip in gone} & set(OPEN))
        for group in GROUPS:
            assert self.state.lists.get(group, ()) == tuple(
                name for name in self.sheet.line if self.sheet.slips[name].group == group
            )

    @invariant()
    def nothing_is_kept_without_an_end(self) -> None:
        assert next_due(self.state) == self.sheet.due()
        for book in self.state.register.books.values():
            for one in book.taken:
                if one.use is Use.RESERVED:
                    kept = self.state.reservations[ReservationId(one.ref)]
                    assert kept.stage.keeps
                    assert kept.ends_at > self.state.now

    @invariant()
    def whatever_looks_different_was_named(self) -> None:
        """A search that made only those offers anew of which it was told sees what one sees that makes all anew."""
        for place, known in self.offered.items():
            assert offer(self.state.register, place, TODAY) == known

    def teardown(self) -> None:
        """The acts again, and all is as it is."""
        twin = Placements(world())
        for act in self.acts:
            handle(twin, act)
        assert twin == self.state

    # --- how ----------------------------------------------------------------------------------------------------------

    def do(self, by: Actor, what: e.PlacementEvent, no: bool) -> tuple[Decision, ...]:
        act, before = e.Act(by, self.now, what), Tables.of(self.state)
        if len(self.acts) % 4 == 0 or by == CLOCK:
            fail_in_the_midst_of(self.state, act, len(self.acts) // 4 % 24)
        stages = {name: one.stage for name, one in self.state.reservations.items()}
        self.acts.append(act)
        fitted = self.fitting()
        _, said = handle(self.state, act)
        refused = any(isinstance(one, Tell) and one.news in (News.REFUSED, News.MISTAKES) for one in said)
        assert refused == no, (act, said)
        if refused:
            assert Tables.of(self.state) == before, "a refused act changes nothing"
        came = any(isinstance(one, Tell) and one.news is News.CAME_FREE for one in said)
        assert came == bool(self.fitting() - fitted), "who saved a search is told of what fits newly"
        for name, one in self.state.reservations.items():
            if stages.get(name) is not one.stage:
                assert any(isinstance(told, Tell) and told.about == name for told in said), (name, one.stage)
                assert one.by in (by, CLOCK) or self.is_told(one.by, name, said), "who loses or gets it is told"
        for changed in said:
            if self.kept_since >= TODAY:  # what is over leaves, and no search would see it
                self.offered = {place: offer(self.state.register, place, TODAY) for place in PLACES}
            elif isinstance(changed, PlacesChanged):
                self.offered |= {place: offer(self.state.register, place, TODAY) for place in changed.places}
        return said

    def fitting(self) -> set[PlaceId]:
        """What fits a search that somebody has saved, of all places."""
        state, found = self.state, set()
        for place in PLACES:
            seen, words = offer(state.register, place, state.today), state.register.vocabulary(place)
            if seen is not None and misfit(words, SEARCHED, seen, state.today) is None:
                found.add(place)
        return found

    def is_told(self, whom: Actor, name: str, said: tuple[Decision, ...]) -> bool:
        return any(isinstance(one, Tell) and one.to.office == whom.office and one.about == name for one in said)

    def elapse(self, at: datetime) -> None:
        self.now = max(self.now, at)
        self.sheet.elapse(self.now)
        self.do(CLOCK, e.Elapsed(), no=False)
        self.after()

    def after(self) -> None:
        self.sheet.fill_up()
        self.sheet.serve(self.now, self.today)
        self.sheet.review(self.today)

    def span(self, ahead: int, days: int | None) -> Span:
        start = self.today + timedelta(days=ahead)
        return Span(start, None if days is None else start + timedelta(days=days))

    def name(self, kind: str = "r") -> ReservationId:
        self.number += 1
        return ReservationId(f"{kind}{self.number:03}")

    def pick(self, number: int) -> str:
        """One of those that are not over, now and then another; "": there is none yet."""
        names = sorted(self.sheet.slips)
        still = [name for name in names if self.sheet.slips[name].stage in OPEN]
        if number % 5 and still:
            return still[number % len(still)]
        return names[number % len(names)] if names else ""

    def keeper(self, name: str, wrong: bool = False) -> Actor:
        """The provider of what is kept; with `wrong`, or while it waits, another."""
        parts = self.sheet.slips[name].parts
        owner = self.state.register.owner(parts[0][0] if parts else PLACES[0])
        return house(next(one for one in self.state.register.providers if one != owner) if wrong else owner)
