"""SUPPORTED.md says what bundles and recordings say, on the day that it states; a term runs out on its own day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from lisa_core.harness.certify.contents import COUNTERSIGNATURE
from lisa_core.harness.certify.trusted.countersignature import countersigned
from lisa_core.harness.certify.trusted.issue import issued
from lisa_core.harness.certify.verify import verified
from lisa_core.papers.stored_zip import packed, unpacked
from tests.acceptance.kept_runs import EVENING, RING
from tests.certify.made import OFFICE
from tests.certify.test_trusted import listed
from tests.certify.visits import HOUSE, Visit, bundle, honest, seen
from tests.tidy.supported import AUTHORITY, FOLDER, LIST, PAGE, accepted, day_of, page, recorded

SEEN = {"presence": "SN-1", "door": "SN-7"}
NEWER = replace(Visit().sensor, identity="Beispiel PX-2, Firmware 1.08")


def test_the_page_is_what_lies_in_the_folder_on_the_day_that_it_states() -> None:
    text = PAGE.read_text(encoding="utf-8")
    day = day_of(text)
    assert text == page(day), f"run python -m tests.tidy.supported {day}"
    assert len([*recorded(FOLDER)]) >= 2


@pytest.fixture
def devices(tmp_path: Path) -> Path:
    """A folder of devices: one bundle, a second that leans on it, a third that nobody accepted."""
    trust_list(tmp_path)
    first = accepted_by(bundle(Visit()))
    second = accepted_by(honest(Visit(day=7, only=(RING, EVENING), sensor=NEWER), first)[0], first)
    for name, data in (("eins", first), ("zwei", second), ("drei", bundle(Visit(day=21)))):
        tmp_path.joinpath("beispiel_px2").mkdir(exist_ok=True)
        tmp_path.joinpath("beispiel_px2", f"{name}.zip").write_bytes(data)
    return tmp_path


def trust_list(path: Path, more: str = "") -> None:
    text = (
        '[liste]\nvon = "Landkreis Musterland"\nstand = 2026-11-03\ngilt_bis = 2035-12-31\n'
        '[[schluessel]]\nname = "Hersteller Beispiel"\ndatei = "h.pub"\nrolle = "hersteller"\n'
        '[[schluessel]]\nname = "Prüfstelle"\ndatei = "a.pub"\nrolle = "annahme"\n'
    )
    listed(path, text + more)
    path.joinpath(LIST).write_bytes(issued(path / "liste.toml", OFFICE))
    path.joinpath(AUTHORITY).write_bytes(path.joinpath("a.pub").read_bytes())


def accepted_by(data: bytes, *_: bytes) -> bytes:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    said = countersigned(seen(data).identity, "zertifizierbar", SEEN, "Jutta Beispiel", at, OFFICE)
    return packed({**unpacked(data, 100), COUNTERSIGNATURE: said})


DAYS = {
    date(2026, 12, 24): "bis 31.12.2028",
    date(2028, 12, 31): "bis 31.12.2028",
    date(2029, 1, 1): "abgelaufen am 31.12.2028",
    date(2034, 6, 1): "abgelaufen am 31.12.2028",
    date(2026, 11, 1): "noch nicht",
}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_term_is_judged_by_the_day_that_is_given(day: date, devices: Path) -> None:
    rows = [*accepted(day, devices, HOUSE)]
    assert {row.device for row in rows} >= {"Beispiel PX-2, Firmware 1.07", "Beispiel PX-2, Firmware 1.08"}
    of_two = [row.stands for row in rows if row.ran < date(2026, 11, 20)]
    assert len(of_two) == 4
    assert all(one.startswith(DAYS[day]) for one in of_two), of_two
    unaccepted = {row.stands for row in rows if row.ran > date(2026, 11, 20)}
    assert unaccepted <= {"nein: Niemand hat es angenommen.", "noch nicht: geprüft wird am 23.11.2026"}


def test_what_is_withdrawn_takes_along_what_leans_on_it(devices: Path) -> None:
    gone = verified((devices / "beispiel_px2" / "eins.zip").read_bytes(), HOUSE).identity
    trust_list(devices, f'[[zurueckgezogen]]\npaket = "{gone}"\ngrund = "Störung"\nam = 2026-12-20\n')
    text = page(date(2026, 12, 24), devices, HOUSE)
    assert text.count("| zurückgezogen: Störung (20.12.2026) |") == 4
    assert "| Beispiel PX-2, Firmware 1.08 | presence | hlk-ld2410 | empfang-2026.1 | 2026-11-09 |" in text


def test_without_a_list_nothing_counts_and_an_empty_folder_says_so(devices: Path, tmp_path: Path) -> None:
    (devices / LIST).unlink()
    stands = {row.stands for row in accepted(date(2026, 12, 24), devices, HOUSE)}
    assert all("Wessen Schlüssel es sind" in one for one in stands)
    empty = tmp_path / "leer"
    empty.mkdir()
    assert "Noch hat niemand ein Prüfpaket angenommen." in page(date(2031, 1, 1), empty, HOUSE)
