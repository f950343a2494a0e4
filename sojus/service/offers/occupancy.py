"""The calendar of one place: free, taken, kept, closed, and never for whom; and its rates in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sojus.domain.model.days import Span, german
from sojus.domain.register.book import Hindrance, PlaceBook
from sojus.domain.register.entries import Rate
from sojus.domain.register.ledger import Use
from sojus.domain.search.phrases import PER, euros
from sojus.service.found import CalendarRow, RateView, State


def calendar(book: PlaceBook, today: date) -> tuple[CalendarRow, ...]:
    """All days from today on, in order; rows that follow each other differ."""
    rows: list[CalendarRow] = []
    for row in _days(book, today):
        if rows and (rows[-1].state, rows[-1].left) == (row.state, row.left):
            rows[-1] = CalendarRow(rows[-1].from_, row.until, row.state, row.left)
        else:
            rows.append(row)
    return tuple(rows)


def may_wait(book: PlaceBook, span: Span, amount: int) -> bool:
    """Whether whoever wants it on these days is refused, and may join the waiting list of its group instead: as
    `Reserve` is answered."""
    return book.hindrance(span, amount) not in (None, Hindrance.CLOSED)


def state_on(book: PlaceBook, day: date) -> CalendarRow:
    """The row of the calendar that this day belongs to."""
    return calendar(book, day)[0]


def rates(known: tuple[Rate, ...], today: date) -> tuple[RateView, ...]:
    """Those that hold today or will, in order."""
    return tuple(_rate(one) for one in known if one.span.stop > today)


def _rate(rate: Rate) -> RateView:
    price = f"{euros(rate.cents)} {PER[rate.unit]}"
    end = "" if rate.span.end is None else f" bis {german(rate.span.last_day)}"
    sentence = f"{price}, gültig ab {german(rate.span.start)}{end}"
    return RateView(rate.span.start, rate.span.end, rate.cents, rate.unit.value, sentence)


def _days(book: PlaceBook, today: date) -> Iterator[CalendarRow]:
    spans = [*(one.span for one in book.taken), *(one.span for one in book.closed)]
    edges = {edge for span in spans for edge in (span.start, span.end) if edge is not None and edge > today}
    starts = [today, *sorted(edges)]
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        here = [one for one in book.taken if one.span.holds(start)]
        left = book.place.capacity - sum(one.amount for one in here)
        if left > 0:
            state = State.CLOSED if book.is_closed_on(start) else State.FREE
        else:
            state = State.KEPT if any(one.use is Use.RESERVED for one in here) else State.TAKEN
        yield CalendarRow(start, end, state, max(0, left) if state is State.FREE else 0)
