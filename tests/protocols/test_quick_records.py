"""The quick reader of records takes what the careful one takes, and refuses the same with the same words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lisa_core.domain.model import values
from lisa_core.domain.model.call_words import DeskMode
from lisa_core.domain.model.errors import ProtocolError
from lisa_core.domain.model.ids import SiteId
from lisa_core.domain.model.quick_records import Reader
from lisa_core.domain.model.values import MAX_ID_CHARS, from_json


@dataclass(frozen=True, slots=True)
class Inner:
    text: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Sample:
    """One field of each kind."""

    site: SiteId
    number: int
    sure: bool = False
    maybe: SiteId | None = None
    mode: DeskMode | None = None
    inner: Inner | None = None
    row: tuple[int, ...] = ()


WHOLE = {"site": "x", "number": 1, "sure": True, "maybe": "y", "mode": "pause", "inner": {"text": "t"}, "row": [1, 2]}
ANY = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=3), st.just("x" * (MAX_ID_CHARS + 1)), st.just([1, "a"])
)


@pytest.fixture(scope="module")
def careful() -> Reader:
    """The reader of this record without its quick way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(values, "quick_reader", lambda *given: given[-1])
        reader: Reader = values._reader.__wrapped__(Sample)
    return reader


def read(take: Reader, data: Any) -> tuple[object, str]:
    try:
        return take(data), ""
    except values._Misfit as misfit:
        return None, f"{misfit.place}: {misfit.text}"


@given(st.dictionaries(st.sampled_from([*WHOLE, "foreign"]), ANY), st.sets(st.sampled_from([*WHOLE])))
@example({}, set())
@example({"maybe": "x" * (MAX_ID_CHARS + 1)}, set())
@example({"inner": {"text": "t", "number": True}}, set())
def test_both_read_alike(careful: Reader, other: dict[str, Any], missing: set[str]) -> None:
    data = {key: value for key, value in {**WHOLE, **other}.items() if key not in missing}
    assert read(values._reader(Sample), data) == read(careful, data)


def test_a_whole_record_is_what_it_says() -> None:
    found = from_json(Sample, {**WHOLE, "maybe": None})
    assert found == Sample(SiteId("x"), 1, True, None, DeskMode("pause"), Inner("t"), (1, 2))
    with pytest.raises(ProtocolError, match=r"Sample\.inner\.number: expected int, got str"):
        from_json(Sample, {**WHOLE, "inner": {"text": "t", "number": "1"}})
