"""Everything that somebody can ask and do, on one log: one object for each process, which every thread may call.

Who asks is an `Actor`; whether the account may act for it, the log-in has seen. What the role may not see is refused.
Questions about what is offered wait for nobody; those about what is one's own wait while an act is decided.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import date, datetime

from lisa_core.domain.model.errors import LisaError, MachineError
from sojus.domain.field.speech import for_whom
from sojus.domain.model.actors import Actor
from sojus.domain.model.ids import CaseId, FieldId, PlaceId
from sojus.domain.placement.events import PlacementEvent
from sojus.domain.placement.machine import next_due
from sojus.domain.placement.moves import is_house, party
from sojus.domain.placement.records import NamelessProfile, Need
from sojus.domain.placement.state import Placements
from sojus.domain.placement.words import act_means, wait_means
from sojus.domain.register.book import PlaceBook, Register
from sojus.domain.register.entries import Provider
from sojus.domain.rights.table import Right, has_right, may_do
from sojus.domain.search.fitting import wanted_span
from sojus.domain.search.wish import Search
from sojus.service import acting
from sojus.service.answers import Granted, Reason, Refused
from sojus.service.asked import Asked
from sojus.service.deeds import Deed
from sojus.service.directory import Directory
from sojus.service.fields import FieldView, WordView, field_view
from sojus.service.figures import FiguresView
from sojus.service.found import ChangeView, FullView, NewsView, PlacePage, ResultView, TouchedView
from sojus.service.hand import Hand, Hear
from sojus.service.houses import OwnGroupView, PlaceWish, ReachWish
from sojus.service.mine import MineView, NameView
from sojus.service.offers import finding, saving
from sojus.service.offers.hits import FIRST
from sojus.service.offers.live import Live
from sojus.service.offers.occupancy import calendar, may_wait, rates
from sojus.service.own import awaited, figure_rows, house_rows, rows
from sojus.service.own.house_deeds import is_same, is_same_reach, place_deed, reach_deed
from sojus.service.own.name_words import STILL_OPEN, NameChange, name_views, open_words
from sojus.service.own.profile_words import profile_words
from sojus.service.own.reader import Reader
from sojus.service.saved import SavedView
from sojus.service.waiting import Waiting
from sojus.store.kept import KeptPlacements
from sojus.store.replica import Done
from sojus.store.turn import Wish

MOST_COMPARED = 3
NOT_ALLOWED = "Das kann {} nicht; dafür ist eine andere Stelle zuständig."
NO_PLACE = "Diesen Platz gibt es nicht, oder es ist noch nicht bekannt, was er kostet."
TOO_MANY = f"Vergleichen lassen sich bis zu {MOST_COMPARED} Plätze."


class Service:
    """Opened by `sojus.service.opening`. `now`: the wall clock of the place."""

    def __init__(
        self,
        kept: KeptPlacements,
        now: Callable[[], datetime],
        directory: Directory,
        hand: Callable[[Hear], Hand],
    ) -> None:
        self.kept, self._now, self.directory = kept, now, directory
        with kept.reading() as state:
            self.live = Live(state, kept.count, now())
            self.means = act_means(state.terms)
        self._waiting = Waiting(kept.count)
        self.hand = hand(self.hear)

    @property
    def today(self) -> date:
        """The civil day at the place."""
        return self._now().date()

    def office_name(self, by: Actor) -> str:
        """Of an office or a provider, for people."""
        return known.name if (known := self._provider(by)) else self.directory.office_name(by)

    # --- what is offered ----------------------------------------------------------------------------------------------

    def areas(self) -> tuple[WordView, ...]:
        """The fields of work, in their order."""
        return tuple(WordView(key, one.name) for key, one in self.live.stock.vocabularies.items())

    def field(self, area: FieldId) -> FieldView | Refused:
        """Its vocabulary."""
        places = self.live.stock.places.get(area)
        return Refused(finding.NO_FIELD.format(area), Reason.WRONG) if places is None else field_view(places.vocabulary)

    def search(
        self, by: Actor, asked: Asked, first: int = 0, count: int = FIRST, alike_once: bool = False
    ) -> ResultView | Refused:
        """So many hits from this one on (0: the best). The search is open from now on: `changes` says what becomes of
        it, as long as somebody asks every two minutes. `alike_once`: places that differ in their names only are one
        hit."""
        if no := self._fault(by, asked):
            return no
        with self.live.lock:
            self.live.note_look(by, asked)
            return finding.result_view(self.live, self.live.look(by, asked, self._now()), first, count, alike_once)

    def why(self, by: Actor, asked: Asked, place: PlaceId) -> str | Refused:
        """Why this place is no hit, or which: one sentence."""
        if no := self._fault(by, asked):
            return no
        with self.live.lock:
            said = finding.why(self.live, self.live.look(by, asked, self._now()), place)
        return said or Refused(NO_PLACE, Reason.WRONG)

    def full(self, by: Actor, asked: Asked) -> FullView | Refused:
        """Where somebody could wait; 20 groups at most, the best first."""
        if no := self._fault(by, asked):
            return no
        with self.live.lock:
            return finding.full_view(self.live, self.live.look(by, asked, self._now()))

    def place(self, by: Actor, place: PlaceId, asked: Asked | None = None) -> PlacePage | Refused:
        """With calendar and rates, as this search shows it. A provider sees its own only."""
        if asked is not None and (no := self._fault(by, asked)):
            return no
        with self.kept.reading() as state, self.live.lock:
            now, book = self._now(), state.register.books.get(place)
            if not has_right(by, Right.SEARCH) and not _is_own(state, by, book):
                return self._refused(by)
            watch = None if asked is None else self.live.look(by, asked, now)
            hit = finding.shown(self.live, place, watch, now.date())
            if hit is None or book is None:
                return Refused(NO_PLACE, Reason.WRONG)
            group = state.register.groups[book.place.group]
            house = state.register.facilities[group.facility]
            kind, words = state.register.kind(group), state.register.vocabularies[group.area]
            search = asked.search if asked is not None and asked.search.kind == kind.id else Search(kind.id)
            return PlacePage(
                *(self.live.at, hit, book.place.capacity, group.area, kind.id, kind.name),
                address=house.address,
                phone=house.phone,
                takes=for_whom(words, group.ages, group.genders),
                calendar=calendar(book, now.date()),
                rates=rates(state.register.rates.get(book.place.group, ()), now.date()),
                waits=wait_means(state.terms.hold)
                if may_wait(book, wanted_span(search, now.date()), search.amount)
                else "",
            )

    def compare(
        self, by: Actor, places: Sequence[PlaceId], asked: Asked | None = None
    ) -> tuple[PlacePage, ...] | Refused:
        """Up to three, each as the search shows it."""
        if not 1 <= len(places) <= MOST_COMPARED:
            return Refused(TOO_MANY, Reason.WRONG)
        found: list[PlacePage] = []
        for place in places:
            view = self.place(by, place, asked)
            if isinstance(view, Refused):
                return view
            found.append(view)
        return tuple(found)

    def changes(self, by: Actor, search: str, after: int) -> tuple[ChangeView, ...] | None:
        """What became of an open search behind this entry, each place once, as it is now. None: search anew; it is not
        open in this process, or too much was missed."""
        with self.live.lock:
            watch = self.live.watches.get(search)
            if watch is None or after < watch.since or not has_right(by, Right.SEARCH):
                return None
            watch.note_look(party(by), self._now())
            return finding.change_views(self.live, watch, after, by, self._other(by))

    def touched(self, by: Actor, places: Sequence[PlaceId], after: int) -> tuple[TouchedView, ...]:
        """Of these places, those that look different behind this entry: to be read anew. Of what somebody may not see
        nothing is said."""
        with self.live.lock:
            seen = [place for place in places if self._may_see(by, place)]
            found = ((self.live.touched_at(place), place) for place in seen)
            return tuple(TouchedView(at, place) for at, place in found if at > after)

    def read_by_house(self, by: Actor, profile: NamelessProfile, need: Need) -> str | Refused:
        """What a house will read of it, for the office to see before it reserves: one line."""
        if not has_right(by, Right.PLACE):
            return self._refused(by)
        search = Search(profile.kind, profile.people, profile.traits, amount=need.amount)
        said = finding.fault(self.live, Asked(profile.area, search), self._now().date())
        return Refused(said, Reason.WRONG) if said else profile_words(self.live.stock.vocabularies, profile, need)

    # --- what is mine -------------------------------------------------------------------------------------------------

    def news(self, by: Actor, after: int) -> tuple[NewsView, ...]:
        """What the office or provider was told behind this entry, as far as this process has heard; 200 at most."""
        with self.live.lock:
            return self.live.told(by, after)

    def mine(self, by: Actor) -> MineView | Refused:
        """Of an office or a provider."""
        if not (has_right(by, Right.PLACE) or has_right(by, Right.TAKE_IN)):
            return self._refused(by)
        with self.kept.reading() as state:
            return rows.mine(self._reader(state, by), self.kept.count)

    def awaited(self, by: Actor) -> int | Refused:
        """How many rows of `mine` wait for an answer of this office or provider, without their words."""
        if not (has_right(by, Right.PLACE) or has_right(by, Right.TAKE_IN)):
            return self._refused(by)
        with self.kept.reading() as state:
            return awaited.count(state, by)

    def keeps_name(self, by: Actor, case: CaseId) -> Refused | None:
        """Why it is not yet to be forgotten of whom a case of the own office is: what of it is not over, also what
        another process has just done."""
        if not has_right(by, Right.PLACE):
            return None  # it is none of theirs, which the persons' store says and writes down
        self.kept.look()
        with self.kept.reading() as state:
            still = list(open_words(self._reader(state, by), case))
        return Refused(STILL_OPEN.format("; ".join(still)), Reason.WRONG) if still else None

    def changed_names(self, by: Actor, changes: Sequence[NameChange]) -> tuple[NameView, ...]:
        """What somebody is told of names that they were told before, the oldest first."""
        with self.kept.reading() as state:
            return tuple(name_views(self._reader(state, by), changes, self.today))

    def saved(self, by: Actor) -> tuple[SavedView, ...] | Refused:
        """The searches that this office has saved, in the order in which they came; `offers.saving.keeping` is the act
        that saves one."""
        if not has_right(by, Right.PLACE):
            return self._refused(by)
        with self.kept.reading() as state:
            kept = [state.searches[name] for name in state.rows_of(party(by)).searches]
        with self.live.lock:
            now = self._now()
            return tuple(
                saving.saved_view(self.live, by, one, now) for one in kept if one.area in self.live.stock.places
            )

    def groups(self, by: Actor) -> tuple[OwnGroupView, ...] | Refused:
        """Of a provider."""
        if not has_right(by, Right.KEEP):
            return self._refused(by)
        with self.kept.reading() as state:
            return house_rows.groups(self._reader(state, by))

    def figures(self, by: Actor) -> FiguresView | Refused:
        """Counts without persons, of one's own Land or Landkreis."""
        if not has_right(by, Right.NUMBERS):
            return self._refused(by)
        with self.kept.reading() as state:
            return figure_rows.figures(self._reader(state, by))

    # --- acts ---------------------------------------------------------------------------------------------------------

    def begin(self, deed: Deed) -> Future[Done] | Refused:
        """Its result comes when it is durable and the own searches know it; then `settle` says what came of it. Its
        exception is a `LisaError`: `failed` words it."""
        if not may_do(deed.by, deed.what):
            return self._refused(deed.by)
        with self.live.lock:
            wish, no = acting.as_seen(self.live, deed), acting.stale(self.live, deed, self._now())
        looks = no is not None or acting.may_stand_otherwise(deed)
        before = self.asked_before(deed.key) if looks else None
        if before is not None:
            wish = acting.as_before(deed, before)
        elif no is not None:
            return no
        return self._waiting.until_heard(self.hand.ask(Wish(wish.key, wish.by, wish.what, self._now())))

    def asked_before(self, key: str) -> PlacementEvent | None:
        """What was done under this key, or refused, at whichever process: whoever asks again is answered as then,
        whatever has changed since. Raises `LisaError`."""
        act = self.kept.asked_before(key)
        return None if act is None else act.what

    def settle(self, deed: Deed, done: Done) -> Granted | Refused:
        """What came of it, for whoever did it."""
        with self.kept.reading() as state:
            what = acting.outcome(state, done, self._other(deed.by))
        with self.live.lock:
            return acting.with_next_best(self.live, deed, what, self._now())

    def do(self, deed: Deed) -> Granted | Refused:
        """Both, in the caller's thread."""
        begun = self.begin(deed)
        if isinstance(begun, Refused):
            return begun
        try:
            return self.settle(deed, begun.result())
        except LisaError as error:
            return failed(error)

    def with_place(self, wish: PlaceWish) -> Deed | Refused:
        """What a group leader does with a place, as an act; by a key that was used for it before it is that act,
        whatever the place is by now. Raises `LisaError`."""
        before = self.asked_before(wish.key)
        if before is not None and is_same(wish, before):
            return Deed(wish.key, wish.by, before)
        with self.kept.reading() as state:
            book = state.register.books.get(wish.place)
            own = book if _is_own(state, wish.by, book) else None
        return place_deed(own, wish)

    def with_house(self, wish: ReachWish) -> Deed | Refused:
        """How a house is reached, as an act; by a key used for it before it is that act. Raises `LisaError`."""
        if not has_right(wish.by, Right.KEEP):
            return self._refused(wish.by)
        before = self.asked_before(wish.key)
        if before is not None and is_same_reach(wish, before):
            return Deed(wish.key, wish.by, before)
        with self.kept.reading() as state:
            known = state.register.facilities.get(wish.facility)
            own = known if known is not None and is_house(state, wish.by, known.provider) else None
        return reach_deed(own, wish)

    def register(self) -> Register:
        """All that providers keep, as it is now: a copy that nobody changes, to hold a file against."""
        with self.kept.reading() as state:
            now = state.register
            return Register(
                *(now.vocabularies, dict(now.providers), dict(now.facilities), dict(now.groups), dict(now.books)),
                *(dict(now.members), dict(now.rates), dict(now.entered_at)),
            )

    # --- the log ------------------------------------------------------------------------------------------------------

    def listen(self, wake: Callable[[], None]) -> Callable[[], None]:
        """`wake` is called whenever something was done that was not just refused, in any thread, and must not wait; the
        result ends that."""
        return self._waiting.listen(wake)

    def hear(self, news: list[Done]) -> None:
        """What was done, in the order of the log; the hand calls it."""
        with self.kept.reading() as state:
            is_news = self.live.hear(state, news, self._now())
        self._waiting.heard(self.live.at, is_news)

    def next_due(self) -> datetime | None:
        """When something happens by itself next (UTC)."""
        with self.kept.reading() as state:
            return next_due(state)

    def close(self) -> None:
        """Those that wait are answered."""
        self.hand.close()
        self._waiting.close()

    def _may_see(self, by: Actor, place: PlaceId) -> bool:
        """Whoever has the lock of `live` may ask."""
        if (known := self.live.stock.located.get(place)) is None:
            return False
        house = self._provider(by)
        return has_right(by, Right.SEARCH) or (house is not None and known.facility.provider == house.id)

    def _provider(self, by: Actor) -> Provider | None:
        """Who asks, as it is known here; None: nobody who keeps places, or one of another tenant that is called so."""
        known = self.live.stock.providers.get(by.provider) if by.provider else None
        return known if known is not None and known.tenant == by.tenant else None

    def _fault(self, by: Actor, asked: Asked) -> Refused | None:
        if not has_right(by, Right.SEARCH):
            return self._refused(by)
        said = finding.fault(self.live, asked, self._now().date())
        return Refused(said, Reason.WRONG) if said else None

    def _refused(self, by: Actor) -> Refused:
        return Refused(NOT_ALLOWED.format(self.office_name(by)), Reason.RIGHT)

    def _reader(self, state: Placements, by: Actor) -> Reader:
        return Reader(state, by, self.directory, self._now().tzinfo)

    def _other(self, by: Actor) -> str:
        """What another office is called for this one: of the same word, if it has one."""
        return "ein anderes Jugendamt" if "Jugendamt" in self.directory.office_name(by) else "eine andere Stelle"


def _is_own(state: Placements, by: Actor, book: PlaceBook | None) -> bool:
    return book is not None and is_house(state, by, state.register.owner(book.place.id))


def failed(error: Exception) -> Refused:
    """An act that could not be kept: by the machine's fault, or by what was given."""
    return Refused(str(error), Reason.AWAY if isinstance(error, MachineError) else Reason.WRONG)
