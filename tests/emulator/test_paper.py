"""Papers: every fixture can be drawn, and a name that is none is answered with the nearest."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import ImageStat

from emulator.paper import paper
from lisa_core.domain.model.errors import HarnessError, LisaError
from lisa_core.host import data


@pytest.mark.parametrize("name", paper.known_documents())
def test_every_page_shows_something_and_no_two_the_same(name: str) -> None:
    assert paper.read_document(name).origin == "synthetic"
    pictures = [paper.render_page(*paper.split_page(page), 75) for page in paper.pages_of(name)]
    assert {picture.size for picture in pictures} == {(620, 877)}
    assert all(ImageStat.Stat(picture.convert("L")).stddev[0] > 1 for picture in pictures)
    assert len({picture.tobytes() for picture in pictures}) == len(pictures)


def test_a_picture_is_the_callers_own() -> None:
    first = paper.render_page("mietvertrag", 1, 75)
    first.paste("black", (0, 0, 620, 877))
    assert paper.render_page("mietvertrag", 1, 75).tobytes() != first.tobytes()


@pytest.mark.parametrize(
    ("page", "hint"),
    [
        ("mietvertag:1", "„mietvertrag“"),
        ("xyz:1", "personalausweis"),
        ("mietvertrag:4", "mietvertrag:3"),
        ("", "Bekannt"),
    ],
)
def test_a_page_that_is_none_is_said(page: str, hint: str) -> None:
    with pytest.raises(HarnessError, match=hint):
        paper.split_page(page)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("title = ", "kein Dokument"),
        ('title = "A"', "page"),
        ('title = "A"\norigin = "synthetic"\n[[page]]\nblocks = [{ txet = "x" }]', "'txet'"),
    ],
)
def test_a_broken_document_is_said(text: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "kaputt.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(paper, "fixtures_dir", lambda: tmp_path)
    with pytest.raises(HarnessError, match=why):
        paper.read_document("kaputt")


def test_data_comes_from_the_checkout_or_from_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (data.data_dir("fixtures") / "documents").is_dir()
    (tmp_path / "lisa_core" / "_data" / "fixtures").mkdir(parents=True)
    (tmp_path / "fixtures").mkdir()  # somebody's own folder beside an installed package
    monkeypatch.setattr(data, "_PACKAGE", tmp_path / "lisa_core")
    assert data.data_dir("fixtures") == tmp_path / "lisa_core" / "_data" / "fixtures"
    with pytest.raises(LisaError, match="'features' fehlen"):
        data.data_dir("features")
