"""What a class asks a device to be able to do against what the profile declares: never passed over in silence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lisa_core.config.classes import load_class
from lisa_core.config.classes.declared import told_of
from lisa_core.harness.certify.bundle import Ingredients, bundle_of
from lisa_core.harness.certify.classes import sought_of
from lisa_core.harness.certify.headline import Headline, Sought, concluded
from lisa_core.harness.certify.retrial import tried_again
from lisa_core.harness.certify.verify import verified
from lisa_core.harness.report.record import RunRecord, Verdict
from tests.acceptance.kept_runs import DOOR, Way
from tests.certify.made import CLASS, HERE, HOUSE, KEY, OUR_CLASS, PROFILE, SENSOR, files, required, run

DEPENDS = replace(CLASS, mandatory=("K.1",), conditional=("K.2",), depends={"K.2": "entfernung"})
ASKS = replace(CLASS, abilities=("kennung",))
GOOD = Way(slots=(SENSOR,))
FAILED, OPEN, FIT = Headline.FAILED, Headline.INCOMPLETE, Headline.CERTIFIABLE


def without(why: str = "") -> RunRecord:
    """A run in which one scenario asks for what this booth does not have, or does not apply for another reason."""
    told = run(GOOD)
    aside = {"started": None, "verdict": Verdict.NOT_APPLICABLE, "evidence": (), "duration_us": 0, "reason": why}
    scenarios = (
        replace(one, tags=one.tags | {"braucht:presence.entfernung"}, **aside) if one.name == DOOR else one
        for one in told.scenarios
    )
    return replace(told, scenarios=tuple(scenarios))


CASES: dict[str, tuple[Sought, frozenset[str] | None, RunRecord, Headline, str]] = {
    "verlangt und erklärt": (ASKS, frozenset({"kennung"}), run(GOOD), FIT, ""),
    "verlangt und nicht erklärt": (
        ASKS,
        frozenset({"entfernung"}),
        run(GOOD),
        FAILED,
        "Die Klasse praesenzsensor-2026.1",
    ),
    "verlangt und nichts erklärt": (ASKS, None, run(GOOD), OPEN, "erklärt nicht, was das Gerät kann"),
    "freigestellt und nicht erklärt": (DEPENDS, frozenset(), without(), FIT, ""),
    "freigestellt, erklärt und gezeigt": (DEPENDS, frozenset({"entfernung"}), run(GOOD), FIT, ""),
    "freigestellt, erklärt und nicht gezeigt": (
        DEPENDS,
        frozenset({"entfernung"}),
        without(),
        FAILED,
        "K.2: „entfernung“ ist im Profil erklärt und nicht gezeigt.",
    ),
    "freigestellt, erklärt und nicht bestanden": (
        DEPENDS,
        frozenset({"entfernung"}),
        run(replace(GOOD, verdicts={DOOR: Verdict.FAILED})),
        FAILED,
        f"„{DOOR}“: nicht bestanden.",
    ),
    "Pflicht, und niemand hat geprüft": (
        CLASS,
        None,
        without("@manuell: nur mit einer Prüferin an echten Geräten"),
        OPEN,
        "hat hier nicht gegolten: @manuell",
    ),
    "Pflicht und nicht anwendbar": (CLASS, None, without(), FAILED, "K.2 ist für die Klasse Pflicht"),
}


@pytest.mark.parametrize("name", CASES)
def test_the_headline_says_what_is_declared_and_what_is_not(name: str) -> None:
    sought, declared, told, headline, why = CASES[name]
    found = concluded(told, tried_again(told, required()).requirements, replace(sought, declared=declared))
    assert found.headline is headline, found.reasons
    assert why in " ".join(text for _, text in found.reasons)


@pytest.mark.parametrize(
    ("said", "headline"),
    [("", OPEN), ('capabilities = ["entfernung"]\n', FAILED), ('capabilities = ["kennung"]\n', FIT)],
)
def test_a_bundle_carries_what_was_declared_and_whoever_checks_it_comes_to_the_same(
    said: str, headline: Headline
) -> None:
    asking = replace(OUR_CLASS, abilities=("kennung",))
    made = {**files(run()), "profil/1-kabine.toml": f"{PROFILE}{said}".encode()}
    bundle = bundle_of(Ingredients(made, HERE, sought_of(asking)), KEY)
    found = verified(bundle.data, replace(HOUSE, classes={asking.id: asking}))
    assert bundle.conclusion.headline is headline, bundle.conclusion.reasons
    assert (found.faults, found.conclusion) == ((), bundle.conclusion)


def test_a_plan_and_a_check_say_it_before_anything_runs() -> None:
    scanner, radar = load_class("scanner-2026.1"), load_class("praesenzsensor-2026.1")
    assert "verlangt „einzug“, „kennung“" in " ".join(told_of(scanner, None))
    assert [*told_of(scanner, ("einzug", "kennung"))] == []
    (due,) = told_of(scanner, ("einzug",))
    assert "verlangt „kennung“" in due
    (aside,) = told_of(radar, ("kennung",))
    assert aside.startswith("praesenzsensor.entfernung: ")
