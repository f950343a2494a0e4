"""Whose pages these are: one log-in for every program of ours, under the name that its people know it by."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

_PAGES = Path(__file__).resolve().parent / "pages"


@dataclass(frozen=True, slots=True)
class Brand:
    """What stands at the head of each page; `on`: on the button that leads from somebody's account to what she does."""

    name: str = "LISA"
    place: str = "Bürgerbüro"
    on: str = "Zum Arbeitsplatz"

    def page(self, name: str) -> str:
        """This page of the log-in, with its marks for everything else still in it."""
        text = (_PAGES / name).read_text(encoding="utf-8")
        return text.replace("<!-- haus -->", escape(self.name)).replace("<!-- ort -->", escape(self.place))


LISA = Brand()
