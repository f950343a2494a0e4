"""The number under which something was received. It says by itself what that was, wherever it is read. Pure.

    20261123-100004-templin-0001     an application: day, time, site, and how many had come before it
    20261123-100004-templin-U0002    papers without one (Unterlagen)

So neither the list of the inbox nor the event log needs more than the number, and lists of older versions go on.
"""

from __future__ import annotations

import re
from datetime import datetime

from lisa_core.domain.model.ids import SiteId
from lisa_core.domain.model.outcome import Outcome

_PAPERS = re.compile(r"-U\d+$", re.ASCII)


def number_of(civil: datetime, site: SiteId, count: int, *, papers_only: bool) -> str:
    """A new number. `count`: how many were ever received, with this one."""
    return f"{civil:%Y%m%d-%H%M%S}-{site}-{'U' if papers_only else ''}{count:04d}"


def is_of_papers_only(number: str) -> bool:
    """Whether it is that of papers without an application."""
    return _PAPERS.search(number) is not None


def outcome_of(number: str) -> Outcome:
    """How a visit ended of which an office has this."""
    return Outcome.PAPERS if is_of_papers_only(number) else Outcome.APPLICATION
