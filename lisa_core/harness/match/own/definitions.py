"""Sentences of a tester's own as steps beside all others: each one unfolds into those that it is made of.

    Wenn Frau Brandt die Bürgerin berät          in a scenario
      = Satz: Wenn {wer:Mitarbeiterin} {wen:Bürgerin} berät          definition_of: found as any step is
          Wenn Frau Brandt das Gespräch annimmt                      unfolded: with the words of the scenario
          Wenn Frau Brandt das Gespräch beendet

Whether they can stand beside each other and all others says `own_check`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType
from typing import Literal, cast

from pytest_bdd.steps import StepFunctionContext

from lisa_core.domain.model.errors import HarnessError
from lisa_core.harness.match import catalogue
from lisa_core.harness.match.advice import forget_candidates
from lisa_core.harness.match.step_index import Definition, definition_of
from lisa_core.harness.match.values import words_of
from lisa_core.harness.text.findings import FeatureError, Finding, meant
from lisa_core.harness.text.keywords import KEYWORD_OF_TYPE
from lisa_core.harness.text.language import say
from lisa_core.harness.text.sentences import OwnSentence, files_for, read_sentences, sentence_files_below
from lisa_core.harness.text.words import TYPES, quoted
from lisa_core.harness.text.words import step as sentence_parser
from lisa_core.harness.text.written import WrittenStep

TITLE = "Eigene Sätze"
MOST_SENTENCES = 300
"""So many a feature may see: each is compared with every other one, and may stand in it."""
_HOLE = re.compile(r"\{([^{}]*)\}")
_OTHERS: Mapping[str, str] = {"Ort": "Templin", "Zahl": "2", "Text": "„Guten Tag“"}
"""Words of kinds that a library of steps need not have in its examples."""


def unfolds() -> None:
    """Stands for a sentence that is made of others, and is never called."""
    raise HarnessError("Dieser Satz besteht aus anderen.")


# --- as definitions ---------------------------------------------------------------------------------------------------


@cache
def own_definition(own: OwnSentence) -> Definition:
    """The sentence as the index of steps has it. Raises `FeatureError` for placeholders that cannot be."""
    if wrong := list(_wrong_holes(own)):
        raise FeatureError(Finding(own.path, line, *words, "eigener-satz") for line, words in wrong)
    parser = sentence_parser(own.text)
    kind = cast("Literal['given', 'when', 'then'] | None", own.kind or None)
    code: CodeType = unfolds.__code__.replace(co_filename=str(own.path), co_firstlineno=own.line)
    function = FunctionType(code, unfolds.__globals__, unfolds.__name__)
    example = f"{KEYWORD_OF_TYPE.get(own.kind, 'Wenn')} {filled(own.text, example_words(own.text))}"
    function.__doc__ = "\n\n".join(filter(None, (example, own.says)))
    function.__module__ = __name__
    context = StepFunctionContext(type=kind, step_func=function, parser=parser)
    return replace(definition_of(context), own=own)


def own_definitions(feature: Path, root: Path) -> list[Definition]:
    """What this feature sees. Raises `FeatureError` with everything that is wrong with the form of its files."""
    found = _definitions(files_for(feature, root))
    if len(found) > MOST_SENTENCES:
        raise FeatureError([_too_many(found)])
    return found


def known_steps(folder: Path) -> list[catalogue.StepEntry]:
    """The catalogue, with the sentences of a tester's own in this folder and below. Raises `FeatureError`."""
    catalogue.steps()
    tell_own(sentence_files_below(folder))
    return catalogue.steps()


def tell_own(files: Iterable[Path]) -> None:
    """Let the catalogue, and advice about unknown sentences, know these as well. Raises `FeatureError`."""
    known = {(one.step_func.__code__.co_filename, one.parser.name) for one in catalogue.OWN}
    for definition in _definitions(tuple(files)):
        context = definition.context
        if (context.step_func.__code__.co_filename, context.parser.name) not in known:
            catalogue.OWN.append(context)


def forget_own() -> None:
    """A run begins: those of another folder are none of it."""
    catalogue.OWN.clear()
    forget_candidates()


def unfolded(definition: Definition, sentence: str, line: int) -> tuple[WrittenStep, ...]:
    """The steps of an own sentence with the words of this one, which is used in this line; none of any other."""
    if definition.own is None:
        return ()
    words = {f"{name}": written for name, _, written in words_of(definition.context.parser, sentence)}
    return tuple(replace(with_words(step, words), used_at=line) for step in definition.own.steps)


def _definitions(files: tuple[Path, ...]) -> list[Definition]:
    found: list[Definition] = []
    findings: list[Finding] = []
    for path in files:
        try:
            sentences = read_sentences(path)
        except FeatureError as error:
            findings += error.findings
            continue
        for own in sentences:
            try:
                found.append(own_definition(own))
            except FeatureError as error:
                findings += error.findings
    if findings:
        raise FeatureError(findings)
    return found


def _too_many(found: list[Definition]) -> Finding:
    own = found[MOST_SENTENCES].own
    assert own is not None
    what = say(
        "Hier gelten {count} eigene Sätze, höchstens {most} dürfen es sein.", count=len(found), most=MOST_SENTENCES
    )
    advice = say("Sie auf Ordner aufteilen: Ein Szenario sieht die neben sich und darüber.")
    return Finding(own.path, own.line, what, advice, "eigener-satz")


def with_words(step: WrittenStep, words: Mapping[str, str]) -> WrittenStep:
    """The step with these words in the place of their placeholders."""
    table = step.table and tuple(tuple(filled(cell, words) for cell in row) for row in step.table)
    docstring = step.docstring and filled(step.docstring, words)
    return replace(step, text=filled(step.text, words), table=table, docstring=docstring)


def filled(text: str, words: Mapping[str, str]) -> str:
    """The text with these words in the place of their placeholders; the others stay."""
    return _HOLE.sub(lambda hole: words.get(hole[1].partition(":")[0], hole[0]), text)


def is_whole(text: str) -> bool:
    """Whether no placeholder is left."""
    return not re.search(r"\{\w+\}", text)


def example_words(text: str) -> dict[str, str]:
    """By the name of each placeholder a word that may stand there, as far as there is one."""
    holes = (hole.partition(":") for hole in _HOLE.findall(text))
    return {name: _examples()[kind] for name, _, kind in holes if kind in _examples()}


def _examples() -> Mapping[str, str]:
    """A word of each kind, from the examples of the library."""
    return _words_of_library(len(catalogue.library()))


@cache
def _words_of_library(_count: int) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for context in catalogue.library():
        for _, kind, word in words_of(context.parser, catalogue.sentence(context)):
            found.setdefault(kind, word)
    return {**_OTHERS, **found}


# --- what is wrong with them ------------------------------------------------------------------------------------------

_Words = tuple[str, str]


def _wrong_holes(own: OwnSentence) -> Iterator[tuple[int, _Words]]:
    """The placeholders of the first line, and those below it."""
    names: list[str] = []
    for hole in _HOLE.findall(own.text):
        name, colon, kind = hole.partition(":")
        if not colon or not name.isidentifier():
            what = say("Dem Platzhalter „{hole}“ fehlt die Art seiner Wörter.", hole=f"{{{hole}}}")
            yield own.line, (what, say("Name und Art schreiben: {example}", example="{wer:Mitarbeiterin}"))
        elif kind not in TYPES:
            what = say("Die Art „{kind}“ gibt es nicht.", kind=kind)
            yield own.line, (what, meant(kind, TYPES, say("Alle Arten zeigt: lisa steps")))
        elif name in names:
            what = say("Der Platzhalter „{name}“ kommt zweimal vor.", name=name)
            yield own.line, (what, say("Einen davon anders nennen."))
        names.append(name)
    if re.search(r"[{}]", _HOLE.sub("", own.text)):
        yield (
            own.line,
            (say("Eine geschweifte Klammer ist nicht zu."), say("Platzhalter: {example}", example="{wer:…}")),
        )
    yield from _wrong_marks(own)
    yield from _wrong_uses(own, names)


def _wrong_marks(own: OwnSentence) -> Iterator[tuple[int, _Words]]:
    """Quotation marks around a word that brings its own along."""
    kinds = dict(re.findall(r"\{(\w+):(\w+)\}", own.text))
    texts = ((own.line, own.text), *((step.line, step.text) for step in own.steps))
    for line, text in texts:
        for name in re.findall(r"[„\"]\{(\w+)", text):
            if TYPES.get(kinds.get(name, "")) is quoted:
                what = say(
                    "Um den Platzhalter „{name}“ stehen Anführungszeichen; sie gehören schon zu seinem Wort.", name=name
                )
                yield line, (what, say("Ohne sie schreiben: {hole}", hole=f"{{{name}}}"))


def _wrong_uses(own: OwnSentence, names: list[str]) -> Iterator[tuple[int, _Words]]:
    used: set[str] = set()
    for step in own.steps:
        texts = (step.text, *(cell for row in step.table or () for cell in row))
        for hole in (hole for text in texts for hole in _HOLE.findall(text)):
            name = hole.partition(":")[0]
            if name not in names:
                what = say("Einen Platzhalter „{name}“ hat dieser Satz nicht.", name=name)
                yield step.line, (what, meant(name, names, say("In seine erste Zeile schreiben, mit Art.")))
        used |= {name for text in (*texts, step.docstring or "") for name in names if f"{{{name}}}" in text}
        used |= {hole.partition(":")[0] for text in texts for hole in _HOLE.findall(text)}
    for name in (name for name in names if name not in used):
        what = say("Der Platzhalter „{name}“ wird nicht verwendet.", name=name)
        yield own.line, (what, say("Darunter als „{name}“ verwenden oder löschen.", name=f"{{{name}}}"))
