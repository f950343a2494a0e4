"""What an editor has to know of our sentences: made from the registry, never written by hand.

The Cucumber extension of Visual Studio Code (its language service) reads no installed packages and no kinds of words.
What it does read is made for it, a folder at a time:

    definitions     JavaScript that nobody runs: each sentence as a Cucumber Expression, above it what it means
    word_kinds      a regular expression of JavaScript for each kind of word: the setting `cucumber.parameterTypes`
    examples        a feature file that nobody runs: the extension offers as words only what it has seen in a feature
    snippets        sentences to be completed word by word; also without the extension, and with all words

Where there are no other words, the kind is their list: a service that the Landkreis does not have is an undefined
sentence. Words to which a scenario may add (people, offices, places) are known by their form only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from lisa_core.harness.match.catalogue import StepEntry
from lisa_core.harness.match.expression import in_javascript
from lisa_core.harness.match.known import Known
from lisa_core.harness.match.values import KINDS
from lisa_core.harness.text.words import TYPES, failing, quoted

NOT_RUN = "Für den Editor gemacht und nicht zum Ausführen; „lisa new editor“ erneuert die Datei."
_FUNCTION: Mapping[str, str] = {"Wenn": "When", "Dann": "Then"}
_OUTER, _INNER = r"\\$", r"\\$}"
"""What has a meaning in a snippet, and in one of its words."""
_MEANT = re.compile(r"[\\^$.*+?()\[\]{}|]")
"""What has a meaning in a regular expression."""


def definitions(entries: Iterable[StepEntry]) -> str:
    """The sentences as JavaScript: only this is read as Cucumber Expressions, whatever stands in them."""
    lines = [f"// {NOT_RUN}", "// Was ein Satz bedeutet, und welche Wörter in ihm stehen dürfen."]
    for entry in entries:
        lines += ["", f"// {entry.example}"]
        lines += [f"//   {entry.summary}"] if entry.summary else []
        lines += [f"//   {kind}: {KINDS[kind].title}" for _, kind in dict.fromkeys(entry.kinds) if kind in KINDS]
        lines.append(f"{_FUNCTION.get(entry.keyword, 'Given')}({_literal(entry.expression)})")
    return "\n".join(lines) + "\n"


def word_kinds(known: Known | None) -> list[dict[str, str]]:
    """Each kind of word as the setting wants it: its name and its regular expression."""
    return [{"name": kind, "regexp": in_javascript(_form(kind, known))} for kind in TYPES]


def examples(entries: Iterable[StepEntry], known: Known | None) -> str:
    """A scenario for each kind of word of which there is a list: one sentence, with each of the words."""
    lines = ["# language: de", f"# {NOT_RUN}", "Funktionalität: Wörter"]
    said: set[str] = set()
    for entry in entries:
        for (start, end), (_, kind) in zip(entry.fields, entry.kinds, strict=False):
            if kind not in said and (words := _words(kind, known)):
                said.add(kind)
                lines += ["", f"  Szenario: {kind}"]
                lines += [f"    {entry.example[:start]}{word}{entry.example[end:]}" for word in words]
    return "\n".join(lines) + "\n"


def snippets(entries: Iterable[StepEntry], known: Known | None) -> str:
    """Typing any part of a sentence offers it, Tab goes from one word to the next, a list of words to choose from."""
    made = {
        entry.example: {
            "scope": "cucumber,feature,gherkin",
            "prefix": [entry.example, entry.example.partition(" ")[2], entry.pattern],
            "body": ["".join(_body(entry, known))],
            "description": f"{entry.group}: {entry.summary or entry.pattern}",
        }
        for entry in entries
    }
    return json.dumps(made, ensure_ascii=False, indent=2)


def _body(entry: StepEntry, known: Known | None) -> Iterator[str]:
    """The example with a tab stop for each word that may be another."""
    kinds = [kind for _, kind in entry.kinds] if len(entry.kinds) == len(entry.fields) else [""] * len(entry.fields)
    end = 0
    for number, ((start, stop), kind) in enumerate(zip(entry.fields, kinds, strict=True), start=1):
        yield _escaped(entry.example[end:start], _OUTER)
        word = entry.example[start:stop]
        if choices := _words(kind, known):
            listed = ",".join(_escaped(choice, r"\\,|") for choice in dict.fromkeys((word, *choices)))
            yield f"${{{number}|{listed}|}}"
        else:
            yield f"${{{number}:{_escaped(word, _INNER)}}}"
        end = stop
    yield _escaped(entry.example[end:], _OUTER)


def _literal(expression: str) -> str:
    """A text of JavaScript, in which only quotation marks are marked; a regular expression is one already."""
    if expression.startswith("/"):
        return expression
    quoted = expression.replace('"', r"\"")
    return f'"{quoted}"'


def _escaped(text: str, marks: str) -> str:
    return re.sub(f"([{marks}])", r"\\\1", text)


def _words(kind: str, known: Known | None) -> tuple[str, ...]:
    """The words of a kind as they stand in sentences, where there is a list of them."""
    row = KINDS.get(kind)
    return tuple(dict.fromkeys(row.written(value) for value in row.values(known))) if row and known else ()


def _form(kind: str, known: Known | None) -> str:
    """The regular expression of a kind: its words, where there are no others; else whatever has their form."""
    row, convert = KINDS.get(kind), TYPES[kind]
    is_list = row is not None and (convert is failing or (row.closed and convert is quoted))
    words = _words(kind, known) if is_list else ()
    return "|".join(_either_case(word) for word in words) or str(vars(convert)["pattern"])


def _either_case(word: str) -> str:
    """A sentence may begin with it."""
    rest = _MEANT.sub(r"\\\g<0>", word[1:])
    return f"[{word[0].upper()}{word[0]}]{rest}" if word[0].islower() else f"{word[0]}{rest}"
