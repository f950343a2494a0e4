"""What the page of a run says first, in which words, and that none of them is an identifier."""

from __future__ import annotations

import asyncio
import re
import tomllib
from dataclasses import fields, replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from lisa_core.config.classes.values import FOLDER as CLASSES
from lisa_core.domain.model.directory import Deadlines
from lisa_core.equipment.slots.devices import Screen
from lisa_core.harness.report.failure import MOST_TOLD, compared, explain, trace
from lisa_core.harness.report.live_view import MANY, partly_shown
from lisa_core.harness.report.page.failing import halves
from lisa_core.harness.report.page.opening import opening
from lisa_core.harness.report.page.words import MEASURES, WAITS, readable
from lisa_core.harness.report.record import PartRecord, RequirementRecord, RunRecord, Verdict
from lisa_core.harness.report.report import moment, render
from lisa_core.harness.report.requirements import shipped_folder
from lisa_core.harness.rig.screen_history import WatchedScreen
from lisa_core.harness.scene.glance import HERS
from lisa_core.harness.steps.devices.measures import MEASURES as TAKEN
from lisa_core.harness.text.english.report import REPORT
from lisa_core.harness.text.english.rooms.steps import MEASURES as ENGLISH
from lisa_core.harness.text.language import speaking
from lisa_core.wire.message_names import MESSAGES
from tests.gherkin.green import run_of
from tests.gherkin.test_record import run_of as small_run

P, F, N, NA = Verdict.PASSED, Verdict.FAILED, Verdict.NOT_CHECKED, Verdict.NOT_APPLICABLE
NAMES = (*MEASURES, *(name for name in WAITS if "_" in name), *(name for name in (*MESSAGES, *HERS) if "." in name))
IDENTIFIER = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, NAMES))})(?![\w.])")
"""What the program calls measurements, waits, messages and what she does."""


def asked(*verdicts: Verdict) -> tuple[RequirementRecord, ...]:
    return tuple(RequirementRecord(f"A.{number}", "", "", verdict=one) for number, one in enumerate(verdicts))


@pytest.mark.parametrize(
    ("run", "sentence"),
    [
        (
            replace(small_run(P, P), requirements=asked(P, P, N, N, F)),
            (
                "Alle 2 Szenarien haben bestanden; "
                "gezeigt sind 2 von 5 Anforderungen (1 nicht bestanden, 2 nicht geprüft)"
            ),
        ),
        (
            replace(small_run(P, F, N), requirements=asked(P)),
            "1 von 3 Szenarien hat bestanden (1 nicht bestanden, 1 nicht geprüft); die Anforderung ist damit gezeigt",
        ),
        (small_run(P), "Das Szenario hat bestanden"),
        (small_run(F), "Das Szenario: nicht bestanden"),
        (small_run(N), "Das Szenario: nicht geprüft"),
        (small_run(), "Kein Szenario wurde geprüft"),
    ],
)
def test_one_sentence_says_what_was_proved_and_what_not(run: RunRecord, sentence: str) -> None:
    said = opening(run)
    assert "; ".join(one.text for one in (said.scenarios, said.requirements) if one) == sentence
    assert f"{sentence}." in text_of(render(run))


def test_what_was_expected_and_what_came_are_told_apart() -> None:
    """By the sentences of the product, as they are said."""
    shows: Screen = WatchedScreen(None)  # type: ignore[arg-type]  # nothing is shown on it

    async def wait() -> None:
        await WatchedScreen(shows).until(lambda _: None, "„Guten Tag“", 0.0)

    with pytest.raises(AssertionError) as raised:
        asyncio.run(wait())
    assert halves(str(raised.value)) == ("Bildschirm: „Guten Tag“, innerhalb von 0 s", "Er zeigt: ")
    assert halves("\n".join(compared("==", ["a", "b"], "c"))) == ("„c“", "„a“, „b“")
    with speaking("en"):
        assert halves("\n".join(compared("==", 2, 3))) == ("3", "2")
    assert halves("Frau Brandt: es klingelt – stattdessen: „Pause“") == ("Frau Brandt: es klingelt", "„Pause“")
    assert halves("Etwas anderes.") == ("", "Etwas anderes.")


def test_an_error_of_a_step_is_told_and_bounded_whatever_it_says() -> None:
    class UntoldError(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    long = ValueError("a" * 3_000_000 + "z")
    for told in (explain(long), trace(long)):
        assert len(told) < MOST_TOLD + 100
        assert "Zeichen ausgelassen" in told
        assert told.rstrip().endswith("z")
    assert explain(UntoldError()) == "UntoldError: (RuntimeError)"


def test_every_measurement_and_every_wait_has_words() -> None:
    folder = shipped_folder()
    assert folder is not None
    paths = [path for place in (folder, folder.with_name(CLASSES)) for path in place.glob("*.toml")]
    tables = [one for path in paths for one in tomllib.loads(path.read_text("utf-8"))["anforderung"]]
    limits = [one["grenze"] for table in tables for one in (table, *table.get("teil", ())) if "grenze" in one]
    assert {limit["messung"] for limit in limits} <= MEASURES.keys()
    taken = {measure.name: (said, ENGLISH[said]) for said, measure in TAKEN.items()}
    assert taken.items() <= MEASURES.items(), "what is measured is called as its sentence calls it"
    assert readable("lampe.ausfall: lampe.ausfall = 2 s") == "lampe.ausfall: Ausfall der Lampe = 2 s"
    assert {field.name.removesuffix("_us") for field in fields(Deadlines)} == WAITS.keys()


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_identifier_is_shown_to_a_reader(language: str) -> None:
    text = text_of(render(run_of(30, failed=2, language=language)))
    assert not IDENTIFIER.findall(text)
    german = {one for one in REPORT if "{" not in one and len(one) > 12 and one in text}
    assert len(german) > 8 if language == "de" else not german


def test_times_are_those_of_the_place() -> None:
    winter, summer = datetime(2026, 11, 23, 9, 30, tzinfo=UTC), datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
    assert moment(winter, "Europe/Berlin") == "23.11.2026, 10:30 Uhr (MEZ)"
    assert moment(summer, "Europe/Berlin") == "01.07.2026, 11:30 Uhr (MESZ)"


def test_who_where_and_with_what_stand_at_the_top_and_at_each_scenario() -> None:
    text = text_of(render(run_of(3)))
    assert text.count("durch Erika Beispiel · Bürgerbüro Templin · Modell, kein Gerät") == 3
    assert "Wer Erika Beispiel" in text
    assert "nicht genannt (lisa run --tester NAME)" in text_of(render(replace(run_of(1), tester="")))


def text_of(page: str) -> str:
    reader = _Reader()
    reader.feed(page)
    return re.sub(r" (?=[;.])", "", " ".join(" ".join(reader.texts).split()))


class _Reader(HTMLParser):
    """What stands in the page, without style and script."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside not in ("style", "script"):
            self.texts.append(data)


@pytest.mark.parametrize("count", [MANY - 1, MANY])
def test_what_is_no_demand_of_the_brief_and_only_lacks_something_is_counted_when_it_is_much(count: int) -> None:
    def lacking(name: str, verdict: Verdict, *, from_brief: bool = False) -> RequirementRecord:
        parts = (PartRecord(f"{name}.a", "Teil a", verdict=verdict),)
        return RequirementRecord(name, "", "", from_brief=from_brief, verdict=verdict, scenarios=("x",), parts=parts)

    calm = [lacking(f"klasse{number}", NA if number % 2 else N) for number in range(count)]
    listed = [lacking("S1.1", N, from_brief=True), lacking("scanner", F)]
    told = [*partly_shown(replace(small_run(P), requirements=(*listed, *calm)))]
    assert told[0] == "Nicht in allen Teilen gezeigt:"
    assert told[1:3] == [
        "  S1.1 nicht geprüft. Es fehlt: Teil a (nicht geprüft)",
        "  scanner nicht bestanden. Es fehlt: Teil a (nicht bestanden)",
    ]
    assert told[3:] == (
        [f"Dazu {count} andere, die meisten von Geräten: Was ihnen fehlt, steht im Bericht."]
        if count == MANY
        else [f"  {one.id} {one.verdict.value}. Es fehlt: Teil a ({one.verdict.value})" for one in calm]
    )
