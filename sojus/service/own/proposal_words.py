"""What a provider offers for a request, in words: where it is and what it costs, since whoever accepts is bound."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sojus.domain.field.speech import row
from sojus.domain.placement.records import Proposal
from sojus.domain.register.offering import offer
from sojus.domain.search.phrases import price_words
from sojus.service.mine import PartView, ProposalView
from sojus.service.own.reader import Reader, named

NO_RATE = "ein Entgelt ist nicht eingetragen"


def proposal_view(reader: Reader, proposal: Proposal, on: date) -> ProposalView:
    """`on`: the day for which prices are told."""
    parts = tuple(map(reader.part, proposal.parts))
    where, costs = row(dict.fromkeys(map(_where, parts))), row(dict.fromkeys(_costs(reader, proposal, on)))
    name = reader.provider_name(proposal.provider)
    return ProposalView(proposal.provider, name, parts, f"{name} bietet {named(parts)} an: {where}; {costs}.")


def _where(part: PartView) -> str:
    """A team is one place and is called so once."""
    return ", ".join(one for one in (part.group_name, part.facility_name) if one != part.place_name)


def _costs(reader: Reader, proposal: Proposal, on: date) -> Iterator[str]:
    for part in proposal.parts:
        found = offer(reader.state.register, part.place, reader.state.today)
        yield NO_RATE if found is None else price_words(found.price_on(on), on)
