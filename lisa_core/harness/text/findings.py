"""What is wrong with a feature file, as values: where, what, and what to do about it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.nearest import CLOSE, nearest_word
from lisa_core.harness.text.language import say

Rule = Literal[
    "datei-fehlt",
    "datei-name",
    "datei-unlesbar",
    "datei-leer",
    "datei-verschwunden",
    "datei-zweimal",
    "merge-rest",
    "sprachzeile",
    "aufbau",
    "tabelle-ungleich",
    "tag-leerzeichen",
    "tag-unbekannt",
    "tag-ohne-geraet",
    "name-fehlt",
    "name-doppelt",
    "nur-beschreibung",
    "schritt-leer",
    "ohne-szenario",
    "ohne-schritte",
    "ohne-dann",
    "und-zuerst",
    "beispiele-fehlen",
    "beispiele-zeile",
    "beispiele-spalte",
    "schritt-unbekannt",
    "schritt-mehrdeutig",
    "schritt-defekt",
    "schreibweise",
    "schritt-anhang",
    "eigener-satz",
    "wort-unbekannt",
    "zeile-ohne-szenario",
    "szenario-verschwunden",
    "fixture-ersetzt",
    "conftest-defekt",
    "anforderung-datei",
    "anforderung-unbekannt",
    "anforderung-doppelt",
    "anforderung-ohne-szenario",
    "anforderung-nicht-offen",
    "klasse-datei",
    "eingabe",
]
"""What a mistake breaks, by its stable name, for editors and other programs; `harness.lint.rules` has them all."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One mistake. `what` is a German sentence, `advice` says what to do; `line` 0 means the file as a whole."""

    path: Path
    line: int
    what: str
    advice: str
    rule: Rule = "eingabe"

    def __str__(self) -> str:
        place = f"{shown(self.path)}:{self.line}" if self.line else shown(self.path)
        return f"{place}: {self.what} {self.advice}".rstrip()


class FeatureError(LisaError):
    """Feature files that cannot be run as they stand."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings))
        super().__init__("\n".join(str(finding) for finding in self.findings))


def shown(path: Path) -> str:
    """The path as a person types it: relative to the current folder, if it lies below."""
    return _shown(path, os.getcwd())  # noqa: PTH109  # asked for every scenario of a report


@lru_cache(maxsize=256)
def _shown(path: Path, here: str) -> str:
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def meant(word: str, known: Iterable[str], otherwise: str, cutoff: float = CLOSE) -> str:
    """The advice that names the nearest known word in the language of the run, or `otherwise`."""
    near = nearest_word(word, known, cutoff)
    return say("Meinten Sie „{word}“?", word=near) if near else otherwise
