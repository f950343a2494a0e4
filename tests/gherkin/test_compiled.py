"""What is kept of a compiled template saves time, and never decides what a page says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader
from jinja2.bccache import Bucket

from lisa_core.harness.report.page.compiled import BesideTheTemplate


class Counted(BesideTheTemplate):
    """How often something had to be compiled: it is handed over then."""

    compiled = 0

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.compiled += 1
        super().dump_bytecode(bucket)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "made_by.py").write_text("trim_blocks = True", encoding="utf-8")
    path = tmp_path / "seite.html.jinja"
    path.write_text("<p>{{ wort }}</p>", encoding="utf-8")
    return path


def shown(page: Path) -> tuple[str, int]:
    """The page, and how many templates were compiled for it."""
    cache = Counted(str(page.with_name("made_by.py")))
    here = Environment(loader=FileSystemLoader(page.parent), bytecode_cache=cache, autoescape=True)
    return here.get_template(page.name).render(wort="frei"), cache.compiled


def kept(page: Path) -> Path:
    [path] = (page.parent / "__pycache__").iterdir()
    return path


def test_compiled_once_until_template_or_environment_changes(page: Path) -> None:
    assert [shown(page), shown(page)] == [("<p>frei</p>", 1), ("<p>frei</p>", 0)]
    page.write_text("<b>{{ wort }}</b>", encoding="utf-8")
    assert [shown(page), shown(page)] == [("<b>frei</b>", 1), ("<b>frei</b>", 0)]
    page.with_name("made_by.py").write_text("trim_blocks = False", encoding="utf-8")
    assert [shown(page), shown(page)] == [("<b>frei</b>", 1), ("<b>frei</b>", 0)]


def test_what_is_damaged_anywhere_is_made_anew(page: Path) -> None:
    shown(page)
    whole = kept(page).read_bytes()
    for at in range(0, len(whole), 61):
        for damaged in (whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]):
            kept(page).write_bytes(damaged)
            assert shown(page) == ("<p>frei</p>", 1), at


def test_what_cannot_be_kept_is_shown_all_the_same(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (page.parent / "__pycache__").write_text("no folder", encoding="utf-8")
    assert shown(page) == ("<p>frei</p>", 1)
    (page.parent / "__pycache__").unlink()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert shown(page) == ("<p>frei</p>", 1)
    assert not (page.parent / "__pycache__").exists()
