"""Text to JSON value: whatever comes, it is a value that can be walked through and written again, or one refusal."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lisa_core.domain.model.errors import ProtocolError, Side
from lisa_core.wire.json_text import MAX_DEPTH, MAX_INTEGER, RepeatedKey, read_json, write_json

LIMIT = 1_000_000
HALF = "\\ud83d"
BAD = {
    "half of an emoji": f'{{"a": ["{HALF}"]}}',
    "half of an emoji as a name": f'{{"{HALF}": 1}}',
    "NUL": '["\\u0000"]',
    "half of an emoji, raw": '["\ud83d"]',
    "no UTF-8": b'["\xff"]',
    "too deep": "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1),
    "a hundred thousand levels": "[" * 100_000,
    "objects in objects": '{"a":' * 800,
    "brackets that do not belong together": "[}" * 40,
    "behind a text with quotes": '["\\"\\\\", ' + "[" * 100 + "]" * 101,
    "a large number": str(MAX_INTEGER + 1),
    "a huge number": "9" * 5_000,
    "a huge decimal": "1e400",
    "NaN": "[NaN]",
    "Infinity": "-Infinity",
    "an open text": '"' + "\\[" * 1_000,
    "nothing": "",
    "a key twice": '{"a": 1, "b": 2, "a": 1}',
    "a key twice, written otherwise": '[{"a": 1, "\\u0061": 2}]',
    "half of an emoji twice": f'{{"{HALF}": 1, "{HALF}": 2}}',
}


@pytest.mark.parametrize("what", BAD)
def test_it_is_refused_with_a_sentence(what: str) -> None:
    with pytest.raises(ProtocolError, match=r"^edge: ") as refusal:
        read_json(BAD[what], "edge", max_bytes=LIMIT)
    assert refusal.value.side is Side.REMOTE
    assert len(str(refusal.value)) < 200
    str(refusal.value).encode()


def test_which_key_stands_twice_is_known_to_whoever_answers() -> None:
    text = json.dumps({f"k{n}": n for n in range(5_000)})
    with pytest.raises(RepeatedKey) as refusal:
        read_json(f'[{{"k7": {{"k7": 1}}}}, {text[:-1]}, "k7": 0}}]', "edge", max_bytes=LIMIT)
    assert (refusal.value.key, "k7" in str(refusal.value)) == ("k7", False), "no log says what somebody typed"


def test_the_size_is_counted_in_bytes_both_ways() -> None:
    text = json.dumps("ü" * 100, ensure_ascii=False)
    assert read_json(text, "edge", max_bytes=202) == read_json(text.encode(), "edge", max_bytes=202)
    for data in (text, text.encode()):
        with pytest.raises(ProtocolError, match="more than 201 bytes"):
            read_json(data, "edge", max_bytes=201)
    assert write_json("ü" * 100, "edge", max_bytes=202) == text
    with pytest.raises(ProtocolError, match="larger than 201 bytes"):
        write_json("ü" * 100, "edge", max_bytes=201)


@pytest.mark.parametrize("value", ["\ud83d", math.nan, [math.inf]])
def test_what_nobody_could_read_is_not_written(value: Any) -> None:
    with pytest.raises(ProtocolError) as refusal:
        write_json(value, "edge", max_bytes=LIMIT)
    assert refusal.value.side is Side.LOCAL


def test_many_brackets_side_by_side_or_in_texts_are_not_deep() -> None:
    for value in ([[]] * 5_000, ["[" * 5_000, '\\"[' * 500], {"a": [{}] * 100, "\\": "{"}):
        assert read_json(json.dumps(value), "edge", max_bytes=LIMIT) == value


TEXTS = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"))
NUMBERS = st.integers(-MAX_INTEGER, MAX_INTEGER) | st.floats(allow_nan=False, allow_infinity=False)
LEAVES = st.none() | st.booleans() | NUMBERS | TEXTS
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner), max_leaves=20)


@settings(max_examples=50)
@given(VALUES)
def test_every_safe_value_comes_back(value: Any) -> None:
    assert read_json(json.dumps(value), "edge", max_bytes=LIMIT) == value
    assert read_json(write_json(value, "edge", max_bytes=LIMIT), "edge", max_bytes=LIMIT) == value


@settings(max_examples=50)
@given(st.text() | st.binary() | VALUES.map(json.dumps).map(lambda text: text[: len(text) // 2] + text[1:]))
def test_whatever_comes_is_a_value_that_can_be_written_or_is_refused(data: str | bytes) -> None:
    try:
        value = read_json(data, "edge", max_bytes=LIMIT)
    except ProtocolError:
        return
    write_json(value, "edge", max_bytes=LIMIT)
