"""Faults of single things on the citizen's screen: each view is changed before it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from lisa_core.booth import executor
from lisa_core.domain.model.screen import ScreenView
from tests.opposites.planting import Plant, instead


def _shows(change: Callable[[ScreenView], ScreenView]) -> Plant:
    return instead(executor, "view", lambda right: lambda sight: change(right(sight)))


def _lacking(**words: Any) -> Plant:
    return _shows(lambda shown: replace(shown, **words))


def _each(part: str, change: Callable[[Any], Any]) -> Plant:
    return _shows(lambda shown: replace(shown, **{part: tuple(map(change, getattr(shown, part)))}))


ASKS_NOT_BACK = _lacking(question=None)
KEPT_IS_GONE = _each("papers", lambda paper: replace(paper, pages=0))
TOUCHABLE_AT_ONCE = _each("buttons", lambda button: replace(button, active=True))
NEVER_TOUCHABLE = _each(
    "buttons", lambda button: replace(button, active=button.active and not button.id.startswith("erklaerung"))
)
NO_PICTURES = _each("papers", lambda paper: replace(paper, pictures=()))
WRITTEN_OTHERWISE = _each("rows", lambda row: replace(row, value=row.value.replace(" ", "")))
NOT_VOLUNTARY = _each("rows", lambda row: replace(row, label=row.label.removesuffix(" (freiwillig)")))
FAULT_UNTOLD = _each("rows", lambda row: replace(row, error=""))
ASKS_IN_PASSING = _lacking(signing=False)
MISSING_UNNAMED = _lacking(missing=())
COPY_UNTOLD = _shows(
    lambda shown: replace(shown, receipt=replace(shown.receipt, copy="")) if shown.receipt is not None else shown
)
NO_FORMS = _lacking(forms=())
ROWS_EMPTY = _each("rows", lambda row: replace(row, value=""))
PAGES_MISCOUNTED = _each("papers", lambda paper: replace(paper, pages=paper.pages + 1))
RECEIPT_VAGUE = _shows(
    lambda shown: replace(shown, receipt=replace(shown.receipt, text="Danke.")) if shown.receipt is not None else shown
)
HINT_UNTOLD = _lacking(hint="")
NOTICE_UNTOLD = _lacking(notice="")
NO_TITLE = _lacking(title="")
NO_SITE = _lacking(site=None)
