"""Which time stands on a receipt: hers as long as it can be true, else that of the exchange."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lisa_core.domain.case.receipt import received_at
from lisa_core.domain.model.case import Receipt
from lisa_core.domain.model.ids import OfficeId
from lisa_core.domain.model.time import moment_of
from lisa_core.papers.declaration import Occasion, render_receipt_pdf
from tests.documents.cases import SPEC
from tests.documents.test_declaration import text_of

BERLIN = ZoneInfo("Europe/Berlin")
ARRIVED = datetime(2026, 12, 1, 0, 10, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("handed_in", "ahead_s", "counts"),
    [
        ("2026-11-30T23:58:00+01:00", 0.0, "2026-11-30T23:58:00+01:00"),  # the line was lost: her day is kept
        ("2026-11-30T23:58:00+01:00", -1.5, "2026-11-30T23:58:00+01:00"),
        ("2026-12-01T00:12:00+01:00", 0.0, "2026-12-01T00:10:00+01:00"),  # later than now
        ("2026-11-30T22:58:00+01:00", 0.0, "2026-12-01T00:10:00+01:00"),  # earlier than it can be
        ("2020-01-01T00:00:00+01:00", 0.0, "2026-12-01T00:10:00+01:00"),
        ("2026-11-30T22:58:00+00:00", 0.0, "2026-11-30T23:58:00+01:00"),  # said in another zone
        ("2026-11-30T23:08:00+01:00", -3600.0, "2026-12-01T00:08:00+01:00"),  # an hour slow, and known to be
        ("2026-12-01T00:58:00+01:00", 3600.0, "2026-11-30T23:58:00+01:00"),
        ("2026-11-30T23:58:00", 0.0, "2026-12-01T00:10:00+01:00"),
        ("None", 0.0, "2026-12-01T00:10:00+01:00"),
        ("", 0.0, "2026-12-01T00:10:00+01:00"),
        ("9999-12-31T23:59:59-14:00", 0.0, "2026-12-01T00:10:00+01:00"),
    ],
)
def test_a_deadline_that_was_kept_is_kept_and_a_date_that_cannot_be_is_not_believed(
    handed_in: str, ahead_s: float, counts: str
) -> None:
    assert received_at(ARRIVED, moment_of(handed_in), ahead_s).isoformat() == counts


def test_in_the_hour_that_comes_twice_a_later_arrival_is_later() -> None:
    first = datetime(2026, 10, 25, 2, 50, tzinfo=BERLIN)
    second = datetime(2026, 10, 25, 2, 10, tzinfo=BERLIN, fold=1)
    assert received_at(second, first) == first
    assert received_at(second, first).utcoffset() == timedelta(hours=2)
    assert received_at(first, second).isoformat() == "2026-10-25T02:50:00+02:00"


@pytest.mark.parametrize(
    ("received", "printed"),
    [
        ("2026-10-25T02:30:00+02:00", "25.10.2026, 02:30 Uhr (Sommerzeit)"),
        ("2026-10-25T02:30:00+01:00", "25.10.2026, 02:30 Uhr (Normalzeit)"),
        ("2026-10-25T03:30:00+01:00", "25.10.2026, 03:30 Uhr Zuständige"),
        ("2026-10-25T01:30:00+00:00", "25.10.2026, 02:30 Uhr (Normalzeit)"),
    ],
)
def test_a_receipt_in_the_hour_that_comes_twice_says_which_of_them_it_was(received: str, printed: str) -> None:
    occasion = Occasion(OfficeId("wohngeldstelle"), "Wohngeldstelle", "Templin", ARRIVED)
    assert printed in text_of(render_receipt_pdf(Receipt("1", received, "ab"), SPEC, occasion))
