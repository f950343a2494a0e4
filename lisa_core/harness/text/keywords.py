"""The German words of Gherkin, and what was probably meant when a line begins with none of them."""

from __future__ import annotations

import re

from lisa_core.domain.model.nearest import nearest_word
from lisa_core.harness.text.language import say

PLACEHOLDER = re.compile(r"<([^<>]+)>")
STEP_WORDS = ("Angenommen", "Gegeben sei", "Gegeben seien", "Wenn", "Dann", "Und", "Aber")
BLOCK_WORDS = (
    *("Funktionalität", "Funktion", "Regel", "Hintergrund", "Grundlage", "Voraussetzungen", "Vorbedingungen"),
    *("Szenario", "Szenariogrundriss", "Szenarien", "Beispiel", "Beispiele"),
)
# Words that open a block and hardly ever a sentence: without a colon they are a mistake.
_BARE_BLOCK_WORDS = {"szenario", "szenariogrundriss", "funktionalität"}
# Words that end a line of prose that holds nothing else only by mistake.
_ALONE_BLOCK_WORDS = {"hintergrund", "regel", "beispiele", "scenario", "background", "rule", "examples", "feature"}
# Ordinary words that are spelled almost like a word of Gherkin: what follows decides whether one was meant.
ORDINARY = {
    *(
        "und",
        "aber",
        "wenn",
        "wen",
        "wann",
        "wein",
        "kann",
        "mann",
        "bann",
        "dann",
        "dank",
        "denn",
        "dran",
        "nenn",
        "kenn",
    ),
    *(
        "rund",
        "grund",
        "bund",
        "hund",
        "mund",
        "fund",
        "kund",
        "wund",
        "sund",
        "pfund",
        "über",
        "ober",
        "eber",
        "haber",
    ),
    *("genommen", "angekommen", "gekommen", "geben", "gegen", "ergeben", "begeben", "begehen", "wende"),
}
# The same of words with a colon: they head a paragraph.
_ORDINARY_HEADS = {
    *("rechtsgrundlage", "rechtsgrundlagen", "grundlagen", "voraussetzung", "vorbedingung", "regeln", "regelung"),
    *("beispieldaten", "beispielsweise", "funktionen", "szene", "szenen", "hintergründe", "hintergrundwissen"),
}
ENGLISH = {
    "given": "Angenommen",
    "when": "Wenn",
    "then": "Dann",
    "and": "Und",
    "but": "Aber",
    "feature": "Funktionalität:",
    "rule": "Regel:",
    "background": "Hintergrund:",
    "scenario": "Szenario:",
    "scenario outline": "Szenariogrundriss:",
    "examples": "Beispiele:",
}
KEYWORD_OF_TYPE = {"given": "Angenommen", "when": "Wenn", "then": "Dann"}

_FOR_STEPS = {word.split()[0].lower(): word for word in STEP_WORDS}
_FOR_BLOCKS = {word.lower(): f"{word}:" for word in BLOCK_WORDS}


def meant_block(line: str) -> str:
    """The block keyword that a line of prose was meant to open with ("Szenaro: Tür" -> "Szenario:"), or nothing."""
    word, colon, _ = line.partition(":")
    word = re.sub(r"[\W\d_]+$", "", word.lower()).strip()  # "Scenario 1: Tür"
    if not colon and word in _ALONE_BLOCK_WORDS:
        return _FOR_BLOCKS[word] if word in _FOR_BLOCKS else ENGLISH[word]
    if colon and " " not in word.replace("scenario outline", ""):
        near = "" if word in _ORDINARY_HEADS else nearest_word(word, _FOR_BLOCKS, 0.75)
        return ENGLISH.get(word) or _FOR_BLOCKS.get(near, "")
    return _FOR_BLOCKS[first] if (first := _first_word(line)) in _BARE_BLOCK_WORDS else ""


def meant_step(line: str, *, ordinary: bool = True) -> str:
    """The step keyword that a line was meant to begin with ("Wen die Tür" -> "Wenn"), or nothing.

    Without `ordinary`, words that may as well begin a sentence of a description are none.
    """
    bare = re.sub(r"^[\W\d_]+", "", line)  # also behind a dash or a mark of a comment
    word = _first_word(bare)
    english = ENGLISH.get(word, "")
    if english and not english.endswith(":"):
        return english
    if not ordinary and word in ORDINARY and not (bare[:1].isupper() and word in _FOR_STEPS):
        return ""
    return _FOR_STEPS.get(nearest_word(word, _FOR_STEPS, 0.75), "")


def is_bare(line: str) -> bool:
    """Whether a line is a step keyword and nothing else."""
    return line.strip() in STEP_WORDS


def keyword_advice(line: str) -> str:
    """What to do about a line that does not belong where it stands."""
    meant = meant_block(line) or meant_step(line)
    if meant and line.startswith(meant):
        return say("Schritte gehören unter ein Szenario, Szenarien unter eine Funktionalität (nur eine je Datei).")
    if meant:
        return say("Meinten Sie „{word}“?", word=meant)
    return say("Schritte beginnen mit {words} oder {last}.", words=", ".join(STEP_WORDS[:-1]), last=STEP_WORDS[-1])


def _first_word(line: str) -> str:
    found = re.match(r"[^\W\d_]+", line.strip())
    return found.group().lower() if found else ""
