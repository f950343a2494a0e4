"""What an office says of those for whom it seeks help: whether it can be so, and which places are for such people."""

from __future__ import annotations

from collections.abc import Iterable

from sojus.domain.field.speech import for_whom, row, wished
from sojus.domain.model.ids import GroupId
from sojus.domain.placement import words
from sojus.domain.placement.decisions import Why
from sojus.domain.placement.records import NamelessProfile, Need
from sojus.domain.placement.state import Placements, Refusal
from sojus.domain.register.book import PlaceBook, Register
from sojus.domain.register.entries import Group
from sojus.domain.register.sentences import unknown_area
from sojus.domain.search.fitting import answers, takes
from sojus.domain.search.wish import Search
from sojus.domain.search.wish_faults import faults_of

LONGEST_REMARK = 500
"""Characters; no name belongs into it."""


def check_profile(state: Placements, profile: NamelessProfile, need: Need) -> None:
    """Refuses what could not be searched for either."""
    if (vocabulary := state.register.vocabularies.get(profile.area)) is None:
        raise Refusal(Why.UNKNOWN, unknown_area(profile.area))
    search = Search(profile.kind, profile.people, profile.traits, amount=need.amount)
    faults = [*faults_of(vocabulary, search, state.today)]
    if len(profile.people) != need.count:
        faults.append(words.people(len(profile.people), need.count))
    if len(profile.remark) > LONGEST_REMARK:
        faults.append(words.REMARK.format(LONGEST_REMARK))
    if faults:
        raise Refusal(Why.IMPOSSIBLE, " ".join(faults))


def check_whom(state: Placements, profile: NamelessProfile | None, need: Need, groups: Iterable[GroupId]) -> None:
    """The same of what is said with a reservation at these groups, or nothing: it is of their kind of help."""
    if profile is None:
        return
    check_profile(state, profile, need)
    if any(state.register.groups[one].help != (profile.area, profile.kind) for one in groups):
        raise Refusal(Why.IMPOSSIBLE, words.OTHER_HELP_SAID)


def check_takes(state: Placements, group: Group, profile: NamelessProfile | None) -> None:
    """Nobody waits where nobody like that is taken in. Refuses."""
    if profile is None:
        return
    vocabulary = state.register.vocabularies[group.area]
    if not all(takes(group, one) for one in profile.people):
        said = for_whom(vocabulary, group.ages, group.genders)
        raise Refusal(Why.IMPOSSIBLE, words.takes_others(group.name, said))
    if not any(fits(state.register, book, profile) for book in state.register.books_of(group.id)):
        wanted = row(wished(vocabulary.traits[one.trait], one.wanted) for one in profile.traits)
        raise Refusal(Why.IMPOSSIBLE, words.lacks(group.name, wanted))


def fits(register: Register, book: PlaceBook, profile: NamelessProfile | None) -> bool:
    """Whether this place is for all of them, as a search would say it. None: nobody has said, and every one is."""
    if profile is None:
        return True
    group = register.groups[book.place.group]
    traits = {**group.traits, **book.place.traits}
    return all(takes(group, one) for one in profile.people) and all(
        answers(one.wanted, traits.get(one.trait)) for one in profile.traits
    )
