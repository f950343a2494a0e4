"""Each run has a folder of its own, and the short paths lead to the newest."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lisa_core.harness.history.place import FILES, LATEST, RUNS, RunFolder, kept
from lisa_core.harness.report.record import MESSAGES, PAGE

NOW = datetime(2026, 11, 29, 14, 5, 33, tzinfo=UTC)


def begun(out: Path, text: str, *, keep: int = 50, now: datetime = NOW, saved: bool = False) -> RunFolder:
    """A run that has written what it writes at its start."""
    place = RunFolder(out, now, keep, saved=saved)
    written(place, text)
    return place


def written(place: RunFolder, text: str) -> None:
    for name in FILES:
        (place.opened() / name).write_text(text, encoding="utf-8")
    place.point()


def refuse(*_: object, **__: object) -> None:
    """A file system without symbolic links."""
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


@pytest.mark.parametrize("links", [True, False], ids=["links", "copies"])
def test_two_runs_in_one_second_do_not_disturb_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(Path, "symlink_to", refuse)
    one, other = begun(tmp_path, "eins"), begun(tmp_path, "zwei")
    assert [path.name for path in kept(tmp_path / RUNS)] == ["2026-11-29_14-05-33", "2026-11-29_14-05-33-2"]
    written(one, "eins, zu Ende")
    assert [(tmp_path / name).read_text() for name in FILES] == ["zwei"] * 3, "the one that began later"
    written(other, "zwei, zu Ende")
    assert [(tmp_path / LATEST / name).read_text() for name in FILES] == ["zwei, zu Ende"] * 3
    assert [(tmp_path / name).read_text() for name in FILES] == ["zwei, zu Ende"] * 3
    assert (tmp_path / PAGE).is_symlink() is links
    assert one.report() == tmp_path / RUNS / "2026-11-29_14-05-33" / PAGE
    assert one.report().read_text() == "eins, zu Ende"
    assert other.report() == tmp_path / PAGE
    assert not list(tmp_path.rglob(".*"))


def test_a_clock_that_goes_back_hides_no_run(tmp_path: Path) -> None:
    begun(tmp_path, "vorher", now=NOW.replace(hour=15)).close()
    place = begun(tmp_path, "nachher")
    assert ((tmp_path / PAGE).read_text(), place.report()) == ("nachher", tmp_path / PAGE)


def test_the_oldest_go_but_none_that_runs_or_was_given_a_name(tmp_path: Path) -> None:
    runs = tmp_path / RUNS
    running = begun(tmp_path, "läuft", now=NOW.replace(hour=1))
    for hour in range(2, 6):
        begun(tmp_path, f"{hour}", now=NOW.replace(hour=hour)).close()
    (runs / "2026-11-29_02-05-33").rename(runs / "2026-11-29_02-05-33 Abnahme")
    (runs / "eigenes").mkdir()
    (runs / ".weg-2026-11-29_00-05-33").mkdir()
    begun(tmp_path, "neu", keep=2).close()
    left = {path.name for path in runs.iterdir()}
    assert left == {f"2026-11-29_{hour}-05-33" for hour in ("01", "05", "14")} | {
        "2026-11-29_02-05-33 Abnahme",
        "eigenes",
    }
    running.close()
    begun(tmp_path, "noch einer", keep=2).close()
    assert "2026-11-29_01-05-33" not in {path.name for path in runs.iterdir()}


def test_what_is_run_after_each_save_removes_no_run_that_was_asked_for(tmp_path: Path) -> None:
    begun(tmp_path, "bestellt", keep=2, now=NOW.replace(hour=1)).close()
    for hour in range(2, 7):
        begun(tmp_path, "gespeichert", keep=2, now=NOW.replace(hour=hour), saved=True).close()
    begun(tmp_path, "bestellt", keep=2, now=NOW.replace(hour=7)).close()
    hours = [path.name[11:13] for path in kept(tmp_path / RUNS)]
    assert hours == ["01", "05", "06", "07"]


def test_what_an_older_version_left_becomes_a_run(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_text("von früher", encoding="utf-8")
    os.utime(tmp_path / MESSAGES, (0, 1_700_000_000))
    begun(tmp_path, "jetzt").close()
    old, new = kept(tmp_path / RUNS)
    assert old.name == f"{datetime.fromtimestamp(1_700_000_000):%Y-%m-%d_%H-%M-%S}"  # noqa: DTZ006  # local, as names are
    assert [(old / name).read_text() for name in FILES] == ["von früher"] * 3
    assert (tmp_path / LATEST).resolve() == new


def test_what_was_never_asked_for_is_not_there(tmp_path: Path) -> None:
    place = RunFolder(tmp_path / "out", NOW)
    assert (place.anything(), place.report()) == (False, tmp_path / "out" / PAGE)
    place.close()
    assert not list(tmp_path.iterdir())
