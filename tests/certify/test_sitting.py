"""What `lisa certify` looks at before it lets anything run, and what it makes of the ways to devices."""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from emulator.devices.presence import open_presence
from emulator.devices.pty import Pty, serve_on_pty
from emulator.devices.scanner import open_scanner
from emulator.world.live_world import HostedWorld
from lisa_core.config.classes import load_class
from lisa_core.config.profile import load_profile
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.drivers.identity import Said
from lisa_core.equipment.drivers.link import Link, Links, link_in, link_text
from lisa_core.harness.certify.bundle import bundle_of
from lisa_core.harness.certify.contents import PAPER
from lisa_core.harness.certify.headline import Headline
from lisa_core.harness.certify.retrial import tried_again
from lisa_core.harness.certify.verify import verified
from lisa_core.harness.certify.walk.claim import FILE as CLAIM
from lisa_core.harness.certify.walk.claim import claimed
from lisa_core.harness.certify.walk.links import before, excess_s, lost_links, told, widened, with_rows
from lisa_core.harness.certify.walk.questions import questioned, refuse_exchanged
from lisa_core.harness.report.environment import LINK
from lisa_core.harness.report.judgement import judge, judged_again, measured_text
from lisa_core.harness.report.measure import measured
from lisa_core.harness.report.record import RunRecord, Verdict
from lisa_core.harness.settings import links_as_text, links_from
from lisa_core.papers.stored_zip import unpacked
from tests.acceptance.kept_runs import Way
from tests.certify.made import HOUSE, KEY, SENSOR, files, forged, ingredients, required, run

HEAD = '[profile]\nid = "vor-ort"\nextends = "emulated"\n'
MS = st.floats(0.0, 5_000.0)


# --- the way to a device --------------------------------------------------------------------------------------------


@given(MS, MS, st.integers(5, 20))
def test_what_is_told_of_a_way_is_what_counts(median: float, more: float, rounds: int) -> None:
    link = Link(rounds, median, median + more)
    back = link_in(link_text(link))
    assert back
    assert link.p95_ms <= back.p95_ms + 1e-6 <= link.p95_ms + 0.011
    assert link_in(link_text(back)) == back
    links: Links = {"presence": back, "scanner": "Er sagt nichts."}
    assert links_from(links_as_text(links)) == links


@given(st.decimals("1.5", "2.5", places=3), st.integers(0, 400), st.integers(0, 400), st.booleans())
def test_a_longer_way_opens_what_was_decided_and_never_decides(
    ring_s: float, counted_ms: int, later_ms: int, told_by_step: bool
) -> None:
    """By the rule itself: whatever is left decided would be decided so with the longer way from the beginning."""
    made = _measured(float(ring_s), counted_ms / 1000, told_by_step)
    assert tried_again(made, required()).faults == ()
    wider = widened(made, later_ms / 1000, required())
    assert tried_again(wider, required()).faults == ()
    afresh = _measured(float(ring_s), (counted_ms + later_ms) / 1000, False)
    if counted_ms:
        assert [one.verdict for one in wider.scenarios] == [one.verdict for one in afresh.scenarios]
        assert wider.scenarios[0].measurements[0].uncertainty == afresh.scenarios[0].measurements[0].uncertainty
    else:  # no way had part in it
        assert wider == made


def _measured(ring_s: float, delay_s: float, told_by_step: bool) -> RunRecord:
    """A run whose first scenario measured a time over a way of so many seconds; its step may say so itself."""
    made = run(Way(slots=(SENSOR,)))
    ring = replace(made.scenarios[0], measurements=(measured("anruf.klingelt", ring_s, "s", delay_s=delay_s),))
    judged = judge(ring, required())
    if told_by_step and judged.verdict is Verdict.FAILED:
        text = measured_text(judged.measurements[0])
        failed = replace(judged.steps[-1], verdict=Verdict.FAILED, error=f"AssertionError: {text}")
        judged = replace(judged, steps=(*judged.steps[:-1], failed))
    scenarios = (judged, *made.scenarios[1:])
    return replace(made, scenarios=scenarios, requirements=judged_again(made.requirements, scenarios))


def test_the_ways_of_all_sittings_stand_in_the_bundle_and_the_longest_counts() -> None:
    def at(link: Link) -> RunRecord:
        made = run()
        return replace(made, environment=(*made.environment, (f"{LINK}Präsenzsensor", link_text(link))))

    runs = [at(Link(20, 1.0, 2.0)), at(Link(20, 1.0, 7.5))]
    after = {"presence": Link(20, 1.5, 4.0)}
    assert before(runs[0]) == {"presence": Link(20, 1.0, 2.0)}
    assert [round(excess_s(one, runs, after), 6) for one in runs] == [0.0055, 0.0]
    assert excess_s(runs[0], runs[:1], {"presence": Link(20, 1.5, 12.0)}) == pytest.approx(0.01)
    rows = told(runs, after)
    [text] = [text for name, text in with_rows(runs[0].environment, rows) if name == f"{LINK}Präsenzsensor"]
    for words in ("vor der 1. Sitzung Median 1,00", "vor der 2. Sitzung Median 1,00", "nachher Median 1,50"):
        assert words in text
    assert text.endswith("zur Unsicherheit kommt das Längste: Median 1,00 ms, 95 % in 7,50 ms (20-mal gefragt)")
    assert [*lost_links(runs, after)] == []
    whole = bundle_of(ingredients(replace(runs[0], environment=with_rows(runs[0].environment, rows))), KEY)
    paper = unpacked(whole.data, 100)[PAPER]
    printed = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(paper)).pages)
    assert "Weg hin und zurück: Präsenzsensor: vor der 1. Sitzung Median 1,00 ms" in printed
    [why] = lost_links(runs, {"presence": "In 3 s kamen nicht genug Antworten."})
    assert why.startswith("Präsenzsensor: Wie lange der Weg jetzt dauert, ließ sich nicht messen. In 3 s")


# --- who is there ---------------------------------------------------------------------------------------------------


def test_a_device_that_was_exchanged_between_two_sittings_is_refused_by_name() -> None:
    there = DeviceIdentity("Beispiel", "PX-2", "", "1.07")
    runs = [run()]
    refuse_exchanged(runs, {"presence": Said(there)})
    refuse_exchanged([], {"presence": Said(replace(there, serial="0815"))})
    refuse_exchanged(runs, {"presence": Said(silence="Er sagt nichts.")})  # then the headline says so
    with pytest.raises(LisaError, match=r"(?s)Präsenzsensor: Da ist ein anderes Gerät.*„Beispiel PX-2, Firmware 1.07“"):
        refuse_exchanged(runs, {"presence": Said(replace(there, serial="0815"))})


def test_two_devices_in_one_slot_are_no_certificate() -> None:
    whole = run()
    other = replace(SENSOR, identity="Beispiel PX-2, Firmware 2.00")
    scenarios = (replace(whole.scenarios[0], equipment=(other,)), *whole.scenarios[1:])
    found = verified(forged(files(replace(whole, scenarios=scenarios))), HOUSE)
    assert found.faults == ()
    assert found.conclusion
    assert found.conclusion.headline is Headline.INCOMPLETE
    assert "mehrere Geräte da, zertifiziert wird eines" in found.conclusion.reasons[0][1]


@contextmanager
def devices() -> Iterator[dict[str, str]]:
    """A radar, a scanner and a silent line, in a loop of their own, as other computers are."""
    found: dict[str, str] = {}
    ready, stop = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def nothing(line: Pty) -> None:
        await asyncio.Event().wait()

    async def serve() -> None:
        world = HostedWorld()
        async with AsyncExitStack() as stack:
            enter = stack.enter_async_context
            found["radar"] = await enter(open_presence(world))
            found["scanner"] = (await enter(open_scanner(world))).split("/")[2]
            found["silent"] = await enter(serve_on_pty(nothing))
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        assert ready.wait(60)
        yield found
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


RADAR = '[slots.presence]\nbinding = "{radar}"\n'
ASKED = (
    # what the profile says, with which exit code certify ends, what is told
    (RADAR, 0, ""),
    (RADAR + 'model = "HLK-LD2410"\n', 0, ""),
    (RADAR + 'model = "PX-2"\n', 4, "p.toml:6: Präsenzsensor: anderes Gerät als erklärt: erklärt PX-2"),
    (RADAR + 'serial = "007"\n', 4, "anderes Exemplar als erklärt: erklärt 007"),
    (RADAR + 'firmware = "V9"\n', 4, "andere Firmware als erklärt"),
    ('[slots.presence]\nbinding = "/dev/ttyWeg"\n', 4, "falsch eingerichtet: "),
    ('[slots.presence]\nbinding = "{scanner}"\n', 4, "p.toml:5: slots.presence.binding: "),
    ('[slots.presence]\nbinding = "socket://{scanner}"\n', 4, "falsch eingerichtet: "),
    ('[slots.scanner]\nbinding = "http://{scanner}/falsch"\n', 4, "kein eSCL-Scanner"),
    ('[slots.scanner]\nbinding = "http://{scanner}/eSCL"\ncapabilities = ["drehen"]\n', 4, "„drehen“"),
    ("", 0, ""),
)


def asked_of(profile: Path) -> tuple[int, str]:
    """The exit code of `lisa certify` before anything runs, and why."""
    try:
        found = questioned(load_profile(str(profile)))
    except LisaError as error:  # no profile at all: nobody is asked
        return 4, str(error)
    return found.code, "\n".join(found.wrong)


def test_what_is_set_up_wrongly_ends_with_4_and_is_never_a_non_conformity(tmp_path: Path) -> None:
    with devices() as places:
        for keys, code, words in ASKED:
            (tmp_path / "p.toml").write_text(HEAD + keys.format(**places), encoding="utf-8")
            found, said = asked_of(tmp_path / "p.toml")
            assert (found, bool(said)) == (code, code != 0), (keys, said)
            assert words in said
            assert "nicht bestanden" not in said
        (tmp_path / "p.toml").write_text(HEAD + RADAR.format(**places), encoding="utf-8")
        asked = questioned(load_profile(str(tmp_path / "p.toml")))
    [line] = asked.lines(load_class("praesenzsensor-2026.1"))
    assert line.startswith("Präsenzsensor: Hi-Link HLK-LD2410, Seriennummer")
    assert isinstance(asked.links["presence"], Link)
    assert asked.links["presence"].rounds == 20


# --- one sitting at a time ------------------------------------------------------------------------------------------


def test_two_sittings_in_one_folder_are_refused_and_one_of_another_computer_is_told(tmp_path: Path) -> None:
    said: list[str] = []
    with (
        claimed(tmp_path, said.append),
        pytest.raises(LisaError, match=r"läuft schon eine Sitzung \(Rechner .*, Prozess \d+, seit"),
        claimed(tmp_path, said.append),
    ):
        pass
    with claimed(tmp_path, said.append):
        pass
    assert said == []
    (tmp_path / CLAIM).write_text("Rechner nebenan, Prozess 7, seit 29.11.2026, 10:00 Uhr", encoding="utf-8")
    with claimed(tmp_path, said.append):
        assert "auf einem anderen Rechner ist nicht zu Ende gegangen (Rechner nebenan, Prozess 7" in said[0]
