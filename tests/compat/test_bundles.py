"""Bundles, a countersignature and lists of trust of an older version: each verdict is today what it was then.

Where one does not, the failure names the scenario, the measure and the rule by which it was judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from lisa_core.config.classes.limits import Limit
from lisa_core.harness.certify.comparison import House
from lisa_core.harness.certify.contents import Contents, contents_of
from lisa_core.harness.certify.house import house
from lisa_core.harness.certify.make import standing_of
from lisa_core.harness.certify.retrial import tried_again
from lisa_core.harness.certify.since.union import leaned
from lisa_core.harness.certify.statement import digest
from lisa_core.harness.certify.told import code_of_check
from lisa_core.harness.certify.trusted.listed import read_trust
from lisa_core.harness.certify.trusted.standing import standing
from lisa_core.harness.certify.verify import verified
from lisa_core.harness.report.record import Measurement, Verdict
from lisa_core.papers.stored_zip import unpacked
from tests.compat.frozen import BUNDLES, SINCE, told, unpack

EXPECTED: Mapping[str, Any] = told("expected", BUNDLES)
NAMES = [*EXPECTED["bundles"]]
ENTRIES = 500


@pytest.fixture(scope="module")
def had(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all of them."""
    return unpack(tmp_path_factory.mktemp("bundles"), of=BUNDLES)


def like_then(contents: Contents) -> House:
    """Whoever checks has what the vendor had: requirements, classes, features; by it, what was official is."""
    classes = {one.name for one in contents.classes.values()}
    asked = {name: one for name, one in contents.asked.items() if name not in classes}
    texts = frozenset(digest(one.text.encode()) for one in contents.run.sources)
    return House(asked, texts, house().here, contents.classes)


def judged_otherwise(data: bytes, was: Mapping[str, Any], here: House) -> Iterator[str]:
    """A sentence for each thing that is not what it was; with the measure and its rule, where one is behind it."""
    found = verified(data, here)
    yield from found.faults
    contents = contents_of(unpacked(data, ENTRIES))
    trial = tried_again(contents.run, contents.asked)
    values = [
        [one.id, value.requirement, value.name, value.take, value.verdict.value]
        for one in trial.scenarios
        for value in one.measurements
        if value.limit is not None
    ]
    now = {
        "kennung": found.identity,
        "urteil": found.headline,
        "szenarien": [[one.id, one.verdict.value] for one in trial.scenarios],
        "anforderungen": [[part.id, part.verdict.value] for one in trial.requirements for part in one.parts],
        "messwerte": values,
    }
    for what, value in now.items():
        if value != was[what]:
            yield f"{what}: damals {was[what]}, heute {value}"


@pytest.mark.parametrize("name", NAMES)
def test_every_verdict_is_what_it_was(had: Path, name: str) -> None:
    data, was = (had / f"{name}.zip").read_bytes(), EXPECTED["bundles"][name]
    contents = contents_of(unpacked(data, ENTRIES))
    assert [*judged_otherwise(data, was, like_then(contents))] == []
    assert [*judged_otherwise(data, was, house())] == [], "today's own requirements say otherwise"


@pytest.mark.parametrize("check", EXPECTED["checks"], ids=str)
def test_on_a_given_day_and_list_it_ends_as_it_did(had: Path, check: list[Any]) -> None:
    name, listing, day, code = check
    data = (had / f"{name}.zip").read_bytes()
    trust = read_trust(had / f"{listing}.dsse.json", had / "annahme.pub") if listing else None
    found = verified(data, like_then(contents_of(unpacked(data, ENTRIES))))
    assert code_of_check(found, standing(found, trust, date.fromisoformat(day))) == code


@pytest.mark.parametrize("check", told("expected", SINCE), ids=str)
def test_what_leans_on_earlier_bundles_ends_as_it_did(check: list[Any], tmp_path: Path) -> None:
    name, before, listing, code, headline = check
    had = unpack(tmp_path, of=SINCE)
    data, earlier = (had / f"{name}.zip").read_bytes(), [(had / f"{one}.zip").read_bytes() for one in before]
    trust = read_trust(had / f"{listing}.dsse.json", had / "annahme.pub") if listing else None
    here = like_then(contents_of(unpacked(data, ENTRIES)))
    presented = [verified(one, here) for one in earlier]
    found = leaned(verified(data, here), presented, here)
    assert found.headline == headline, found.faults
    assert code_of_check(found, standing_of(found, presented, trust, date(2026, 12, 24))) == code


def generous(value: Measurement, name: str, limit: Limit) -> Measurement:
    """A version of ours that has forgotten the uncertainty."""
    passed = value.value <= limit.value if limit.upper else value.value >= limit.value
    verdict = Verdict.PASSED if passed else Verdict.FAILED
    spread = limit.uncertainty
    return replace(value, requirement=name, limit=limit.value, upper=limit.upper, uncertainty=spread, verdict=verdict)


def test_a_version_that_judges_otherwise_is_told_by_measure_and_rule(
    had: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lisa_core.harness.report.judgement.judged", generous)
    data = (had / "probelauf.zip").read_bytes()
    said = [*judged_otherwise(data, EXPECTED["bundles"]["probelauf"], house())]
    rule = "probe.reichweite: 250 ± 12 cm, mindestens 245 cm, Schutzband"
    assert any("„praesenz.reichweite“ steht als „nicht entscheidbar“" in one and rule in one for one in said), said


def test_a_requirement_that_asks_for_more_is_told_by_its_file(had: Path) -> None:
    data = (had / "bestanden.zip").read_bytes()
    here = like_then(contents_of(unpacked(data, ENTRIES)))
    (known,) = here.classes.values()
    stricter = [
        replace(one, limit=replace(one.limit, value=Decimal(1)) if one.limit else None) for one in known.demands
    ]
    here = replace(here, classes={known.id: replace(known, demands=tuple(stricter))})
    said = [*judged_otherwise(data, EXPECTED["bundles"]["bestanden"], here)]
    assert any(f"{known.path.name}:" in one and "1,4 ± 0,1 s, höchstens 1 s" in one for one in said), said
