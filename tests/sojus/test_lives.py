"""Random lives with requests, too: whoever is asked hears how it ended, and what is offered can be had or is gone."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from sojus.domain.model.days import Span
from sojus.domain.model.ids import GroupId, KindId, OfficeId, ProviderId, RequestId
from sojus.domain.placement import events as e
from sojus.domain.placement.decisions import News, Tell
from sojus.domain.placement.records import NamelessProfile, Need, Part
from sojus.domain.search.wish import Person
from sojus.store.tables import digest, packed, placements, tables, unpacked
from tests.sojus.lives import Lives
from tests.sojus.lives_world import CASE, groups, lengths, offices, picks, starts
from tests.sojus.naive_placements import Question, Slip
from tests.sojus.providers import ANYBODY, AREA, BEDS, ELM, ELM_BEDS, NOON, OAK, TODAY, house, office

LONG = os.environ.get("LISA_LONG") == "1"


def profile(number: int) -> NamelessProfile:
    return NamelessProfile(AREA, KindId("wohnen"), (Person(12, ANYBODY),) * number)


asked = st.sampled_from(((OAK, ELM), (ELM, OAK), (ELM, OAK, ELM), (OAK,), (), (OAK, ProviderId("niemand"))))


class RequestLives(Lives):
    """Everything that `Lives` does, and providers who offer places for requests."""

    @rule(by=offices, to=asked, number=st.sampled_from((1, 1, 2)), ahead=starts, days=lengths)
    def ask(self, by: OfficeId, to: tuple[ProviderId, ...], number: int, ahead: int, days: int | None) -> None:
        span, name = self.span(ahead, days), RequestId(self.name("frage"))
        no = span.empty or span.start < self.today or not to or "niemand" in to
        said = self.do(office(by), e.Ask(name, CASE, profile(number), Need(span, number), to), no)
        if not no:
            wanted = {one.to.office for one in said if isinstance(one, Tell) and one.news is News.REQUESTED}
            assert wanted == set(to)
            self.sheet.questions[name] = Question(by, span, number, to, self.now + self.sheet.terms.request)
        self.after()

    @rule(pick=picks, by=st.sampled_from((OAK, ELM)), group=groups)
    def propose(self, pick: int, by: ProviderId, group: GroupId) -> None:
        """As many places of a group as are asked for, whether they are free or not, or its own."""
        if name := self.question(pick):
            one = self.sheet.questions[name]
            books = list(self.state.register.books_of(group))[: one.wanted]
            parts = tuple(Part(books[number % len(books)].place.id) for number in range(one.wanted))
            no = one.stage != "offen" or by not in one.to or self.state.register.owner_of_group(group) != by
            no = no or group not in (BEDS, ELM_BEDS) or not self.sheet.is_free(parts, self.from_today(one))
            self.do(house(by), e.Propose(RequestId(name), parts), no)
            if not no:
                one.offered[by] = list(parts)
            self.after()

    @rule(pick=picks)
    def accept(self, pick: int) -> None:
        """The first acceptance withdraws the others."""
        answered = sorted(name for name, one in self.sheet.questions.items() if one.offered)
        if question := answered[pick % len(answered)] if answered else self.question(pick):
            one, name = self.sheet.questions[question], self.name()
            by = ProviderId(sorted(one.offered or (OAK,))[0])
            span = self.from_today(one)
            made = Slip(one.office, None, span, 1, one.wanted, self.now, case=CASE)
            no = one.stage != "offen" or by not in one.offered or span.empty
            no = no or self.sheet.is_enough(made, dict(one.offered[by]), span)
            said = self.do(office(OfficeId(one.office)), e.Accept(RequestId(question), by, name), no)
            if not no:
                told = {it.to.office for it in said if isinstance(it, Tell) and it.news is News.WITHDRAWN}
                assert told == set(one.to) - {by}
                days = timedelta(days=self.sheet.terms.arrival_days + 1)
                ends = datetime.combine(span.start, NOON.timetz().replace(hour=0)) + days
                self.sheet.slips[name] = made
                self.sheet.keep(name, one.offered[by], span, self.now)
                slip = self.sheet.slips[name]
                slip.stage, slip.remind, slip.ends = "bestätigt", None, ends
                one.stage, one.offered = "vermittelt", {}
            self.after()

    @rule(pick=picks)
    def withdraw(self, pick: int) -> None:
        if name := self.question(pick):
            one = self.sheet.questions[name]
            no = one.stage != "offen"
            self.do(office(OfficeId(one.office)), e.Withdraw(RequestId(name)), no)
            if not no:
                one.stage, one.offered = "zurückgezogen", {}
            self.after()

    @rule()
    def begin_anew(self) -> None:
        """Another process goes on from the snapshot that one has left: it is the same, and so is what follows."""
        again = placements(unpacked(packed(tables(self.state))))
        assert again == self.state
        assert again.proposed == self.state.proposed
        assert digest(again) == digest(self.state)
        self.state = again

    @invariant()
    def what_is_offered_can_be_had(self) -> None:
        here = {name: one.stage.value for name, one in self.state.requests.items()}
        assert here.items() <= {name: one.stage for name, one in self.sheet.questions.items()}.items()
        gone = [one for name, one in self.sheet.questions.items() if RequestId(name) not in here]
        assert not gone or (self.kept_since >= TODAY and "offen" not in {one.stage for one in gone})
        for name, one in self.state.requests.items():
            known = self.sheet.questions[name].offered if one.stage.value == "offen" else {}
            assert {offered.provider: list(offered.parts) for offered in one.proposals} == known

    def question(self, number: int) -> str:
        names = sorted(self.sheet.questions)
        still = [name for name in names if self.sheet.questions[name].stage == "offen"]
        if number % 5 and still:
            return still[number % len(still)]
        return names[number % len(names)] if names else ""

    def from_today(self, one: Question) -> Span:
        return Span(max(one.span.start, self.today), one.span.end)


TestLives = RequestLives.TestCase
TestLives.settings = settings(max_examples=1000 if LONG else 20, stateful_step_count=60 if LONG else 30, deadline=None)
