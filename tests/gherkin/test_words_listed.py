"""Every word that the catalogue lists can be said: it stands in a sentence, and the sentence is a step."""

from __future__ import annotations

import json

import pytest

from lisa_core.harness.match.catalogue import registered, steps
from lisa_core.harness.match.editor import snippets
from lisa_core.harness.match.known import Known, known_in
from lisa_core.harness.match.values import KINDS, words_of, wrong_words
from lisa_core.harness.text.keywords import KEYWORD_OF_TYPE
from lisa_core.harness.text.words import Sentence, step


def there() -> Known:
    found = known_in("emulated")
    assert found is not None
    return found


@pytest.mark.parametrize("kind", sorted(kind for kind, row in KINDS.items() if tuple(row.values(there()))))
def test_every_listed_word_stands_in_a_sentence(kind: str) -> None:
    entry = next(entry for entry in steps() if kind in dict(entry.kinds).values())
    start, end = next(place for place, (_, one) in zip(entry.fields, entry.kinds, strict=True) if one == kind)
    row, said = KINDS[kind], registered()
    for value in row.values(there()):
        sentence = f"{entry.example[:start]}{row.written(value)}{entry.example[end:]}".partition(" ")[2]
        fits = [one.parser for one in said if one.parser.is_matching(sentence)]
        assert fits, sentence
        words = [word for word in words_of(fits[0], sentence) if word[1] == kind]
        assert row.written(value) in [written for _, _, written in words]
        assert list(wrong_words(words, there())) == []


def test_whether_the_words_of_a_sentence_are_there_is_asked_first_and_turns_none_away() -> None:
    """`Sentence.is_matching` against the expression that it is meant to spare, each with each."""
    sentences = [entry.example.partition(" ")[2] for entry in steps()]
    parsers = [one.parser for one in registered() if isinstance(one.parser, Sentence)]
    assert len(parsers) > 100
    for parser in parsers:
        found = [one for one in sentences if parser.parser.parse(one, evaluate_result=False) is not None]
        assert [one for one in sentences if parser.is_matching(one)] == found
    odd = [
        step("{{ und {wort:Text} danach"),
        step("{wort:Text}"),
        step("gar nichts"),
        step("{a:Zahl}{b:Text} x {c:Zahl}"),
    ]
    said = ["{ und „a“ danach", "„a“", "gar nichts", "gar nichts mehr", "3„x“ x 4", "3„x“ x 4 x", "3 x 4"]
    assert [[one for one in said if parser.is_matching(one)] for parser in odd] == [
        [one] for one in (*said[:3], said[4])
    ]


def test_snippets_offer_the_words_of_the_landkreis() -> None:
    made = json.loads(snippets(steps(), there()))
    [body] = made["Wenn der Präsenzsensor ausfällt"]["body"]
    assert body.startswith("Wenn ${1|der Präsenzsensor,")
    assert body.count(",") == len(there().devices) - 1
    assert set(KEYWORD_OF_TYPE.values()) >= {sentence.split()[0] for sentence in made} - {"*"}
