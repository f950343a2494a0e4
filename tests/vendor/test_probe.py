"""Declared against found, both ways, at emulated devices; and what was asked is written down, and nothing else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from emulator.devices.presence import open_presence
from emulator.devices.scanner import open_scanner
from emulator.devices.signature_pad import open_signature_pad
from emulator.world.live_world import HostedWorld
from lisa_core.cli.commands import lisa
from lisa_core.config.hardware.declaration import Declaration
from lisa_core.config.profile import SlotBinding, load_profile
from lisa_core.config.vendor.asked import MARK, answers_of, with_answers, write_answers
from lisa_core.config.vendor.compared import Weight, differences
from lisa_core.config.vendor.probe import Probed, exchanged, probed
from lisa_core.config.vendor.told import code_of_all, lines
from lisa_core.config.vendor.trouble import Business
from lisa_core.domain.model.errors import DeviceFault, ProfileError
from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.drivers.identity import Said
from lisa_core.equipment.drivers.link import FEWEST, ROUNDS, Link, link_of
from lisa_core.wire.toml_text import parse_toml

HEAD = '[profile]\nid = "vor-ort"\nextends = "emulated"\n'
DAY = date(2026, 11, 29)
RADAR = DeviceIdentity("Hi-Link", "HLK-LD2410", "02:00", "V1.07")


@asynccontextmanager
async def devices() -> AsyncIterator[Mapping[str, str]]:
    """A radar, a pad and a scanner without a feeder."""
    world = HostedWorld()
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        yield {
            "radar": await enter(open_presence(world)),
            "pad": await enter(open_signature_pad(world)),
            "scanner": await enter(open_scanner(world, personality="hp-deskjet-2540")),
        }


SAID = {
    # what is declared, with which exit code it ends, and what is told
    '[slots.presence]\nbinding = "{radar}"\n': (0, "Hi-Link HLK-LD2410, Seriennummer"),
    '[slots.presence]\nbinding = "{radar}"\nmodel = "hlk-ld2410"\nvendor = "Hi-Link"\n': (0, "Alle Geräte sind da"),
    '[slots.presence]\nbinding = "{radar}"\nmodel = "PX-2"\n': (
        1,
        "Widerspruch: anderes Gerät als erklärt: erklärt PX-2, gefunden HLK-LD2410.",
    ),
    '[slots.presence]\nbinding = "{radar}"\nmodel = "PX-2"\nfamily = ["PX-2", "HLK-LD2410"]\nfamily_reason = "x"\n': (
        0,
        "Alle Geräte sind da",
    ),
    '[slots.presence]\nbinding = "{radar}"\nserial = "007"\n': (1, "anderes Exemplar als erklärt: erklärt 007"),
    '[slots.presence]\nbinding = "{radar}"\nfirmware = "V9"\n': (1, "andere Firmware als erklärt: erklärt V9"),
    '[slots.presence]\nbinding = "{radar}"\ncapabilities = ["kennung"]\n': (0, "entfernung: vorhanden, nicht erklärt."),
    '[slots.scanner]\nbinding = "http://{scanner}/eSCL"\ncapabilities = ["einzug", "glas"]\n': (
        1,
        "Widerspruch: einzug: erklärt, nicht vorhanden.",
    ),
    '[slots.scanner]\nbinding = "http://{scanner}/eSCL"\ncapabilities = ["glas"]\nserial = "1"\n': (
        0,
        "offen: Seriennummer 1: erklärt, das Gerät nennt nichts.",
    ),
    '[slots.signature_pad]\nbinding = "{pad}"\nmodel = "STU-430V"\n': (0, "20-mal gefragt"),
    '[slots.signature_pad]\nbinding = "{pad}"\nmodel = "STU-540"\n': (1, "erklärt STU-540, gefunden STU-430V"),
    "": (2, "Kein Gerät ist an eine Adresse gebunden: nichts gefragt."),
}


def test_what_is_declared_and_what_is_there_are_held_against_each_other_both_ways(tmp_path: Path) -> None:
    async def run() -> None:
        async with devices() as places:
            found = {**places, "scanner": places["scanner"].split("/")[2]}
            for number, (keys, (code, words)) in enumerate(SAID.items()):
                rows = await probed(load_profile(profile(tmp_path / f"{number}.toml", keys.format(**found))))
                said = "\n".join(lines(rows))
                assert code_of_all(rows) == code, said
                assert words in said, said
                assert not any(row.trouble for row in rows), said

    asyncio.run(run())


def profile(path: Path, keys: str, head: str = HEAD) -> str:
    path.write_bytes((head + keys).encode())
    return str(path)


def test_what_was_asked_is_written_beside_all_that_stood_there_and_then_agrees(tmp_path: Path) -> None:
    path, text = (
        tmp_path / "p.toml",
        HEAD + "# hier\n[slots.presence]   # vorn\nbinding = '{radar}'\n\n# Ende\n[world]\n",
    )
    keys = ("vendor", "model", "serial", "firmware", "capabilities")

    def write(rows: tuple[Probed, ...], day: date) -> str:
        assert len(write_answers(path, answers_of(path, rows), day)) in (0, len(keys))
        return path.read_bytes().decode()

    async def run() -> tuple[str, str]:
        async with devices() as places:
            before = text.format(**places).replace("\n", "\r\n")
            profile(path, before, head="")
            after = write(await probed(load_profile(str(path))), DAY)
            again = await probed(load_profile(str(path)))
            assert [(one.key, one.weight) for one in again[0].differences] == [("capabilities", Weight.UNCONFIRMED)]
            assert write(again, date(2027, 1, 1)) == after
            return before, after

    before, after = asyncio.run(run())
    lines_ = after.split("\r\n")
    assert "\r\n".join(line for line in lines_ if MARK not in line) == before
    assert [line.partition(" =")[0] for line in lines_ if line.endswith(f"{MARK}2026-11-29")] == [*keys]


def test_only_what_was_asked_is_renewed_and_nothing_of_another_device_is_written(tmp_path: Path) -> None:
    path = Path(
        profile(tmp_path / "p.toml", f'[slots.presence]\nbinding = "/dev/x"\nfirmware = "V1.06"{MARK}2026-01-01\n')
    )
    bound = load_profile(str(path)).slots["presence"]

    def row(declared: Declaration) -> Probed:
        said = Said(RADAR)
        return Probed(replace(bound, declared=declared), said, differences=differences(declared, said, ()))

    assert answers_of(path, [row(replace(bound.declared, model="PX-2"))]) == {}, "another one, and written by hand"
    assert write_answers(path, answers_of(path, [row(bound.declared)]), DAY)
    assert load_profile(str(path)).slots["presence"].declared.firmware == "V1.07"
    assert path.read_text(encoding="utf-8").count("firmware") == 1


@pytest.mark.parametrize(
    "text",
    [
        f'{HEAD}[slots]\npresence = {{ binding = "/dev/x" }}\n',
        f'{HEAD}[slots.presence]\nbinding = "/dev/x"\nfamily_reason = """\nwie eines"""\n',
    ],
)
def test_what_cannot_be_written_line_by_line_is_told_and_left_alone(text: str, tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError, match=r'(?s)Von Hand eintragen:.*\[slots.presence\] model = "PX-2"'):
        write_answers(path, {"presence": {"model": "PX-2"}}, DAY)
    assert path.read_text(encoding="utf-8") == text


printable = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=20)


@given(
    st.dictionaries(st.sampled_from(["presence", "door", "scanner"]), st.dictionaries(printable, printable, max_size=3))
)
def test_whatever_a_device_says_of_itself_a_toml_reader_reads_it_again(said: dict[str, dict[str, str]]) -> None:
    keys = ("vendor", "model", "serial")
    answers = {slot: dict(zip(keys, told.values(), strict=False)) for slot, told in said.items()}
    text, changed = with_answers(f'{HEAD}[slots.door]\nbinding = "/dev/x"', answers, DAY)
    slots = parse_toml(text).get("slots", {})
    assert {(slot, key): slots[slot][key] for slot, key in changed} == {
        (slot, key): value for slot, told in answers.items() for key, value in told.items()
    }


def test_a_device_that_is_declared_for_another_slot_is_a_cable_and_no_contradiction() -> None:
    def camera(slot: str, declared: str, there: str) -> Probed:
        said, told = Said(DeviceIdentity("ACME", there)), Declaration(model=declared)
        bound = SlotBinding(slot, "camera", f"video:/dev/{slot}", {}, declared=told)
        return Probed(bound, said, differences=differences(told, said, ()))

    rows = [camera("citizen_camera", "C-1", "D-2"), camera("document_camera", "D-2", "C-1")]
    swapped = [exchanged(one, rows) for one in rows]
    assert [one.trouble and one.trouble.kind for one in swapped] == [Business.SETUP, Business.SETUP]
    assert code_of_all(swapped) == 4
    assert "Die Anschlüsse von slots.citizen_camera und slots.document_camera tauschen." in "\n".join(lines(swapped))
    other = [camera("citizen_camera", "C-1", "X-9"), rows[1]]
    assert exchanged(other[0], other).contradictions, "no other slot is meant by it"


texts = st.sampled_from(["", "A", "B"])
words = st.lists(st.sampled_from(["einzug", "glas", "farbe"]), unique=True).map(tuple)


@given(texts, texts, words | st.none(), words | st.none())
def test_exactly_what_both_sides_say_and_say_otherwise_is_a_contradiction(
    declared: str, found: str, asked: tuple[str, ...] | None, own: tuple[str, ...] | None
) -> None:
    said = Said(DeviceIdentity(model=found), can=own)
    told = differences(Declaration(model=declared, capabilities=asked), said, ("einzug", "glas", "farbe"))
    against = {one.text.partition(":")[0] for one in told if one.weight is Weight.CONTRADICTION}
    expected = {"anderes Gerät als erklärt"} if declared and found and declared != found else set()
    missing = set(asked or ()) - set(own) if own is not None else set()
    assert against == expected | missing
    open_ = [one for one in told if one.weight is Weight.UNCONFIRMED]
    assert bool(open_) is bool((declared and not found) or (asked and own is None))


class Answering:
    """Takes as long as it says."""

    def __init__(self, *took: float) -> None:
        self._took = iter(took)

    async def ping(self) -> float:
        try:
            return next(self._took)
        except StopIteration:
            raise DeviceFault("link.lost", "weg", retryable=True) from None


def test_a_link_is_timed_by_its_driver_or_not_at_all() -> None:
    times = [0.001 * number for number in range(1, ROUNDS + 1)]
    link = asyncio.run(link_of(Answering(*reversed(times))))
    assert isinstance(link, Link)
    assert (link.rounds, link.median_ms, link.p95_ms) == (ROUNDS, pytest.approx(10.5), pytest.approx(19))
    assert asyncio.run(link_of(Answering(*times[: FEWEST - 1]))) == "weg"
    assert isinstance(asyncio.run(link_of(Answering(*times[:FEWEST]))), Link)
    assert "kennt keine Frage" in str(asyncio.run(link_of(object())))
    assert "nicht genug" in str(asyncio.run(link_of(Answering(*[float("nan")] * ROUNDS))))


def test_the_command_ends_with_what_follows_and_tells_programs_the_same(tmp_path: Path) -> None:
    path = profile(tmp_path / "p.toml", '[slots.presence]\nbinding = "/dev/ttyWeg"\n')

    def probe(*options: str) -> Result:
        return CliRunner().invoke(lisa, ["profile", "probe", path, *options], standalone_mode=False)

    absent = probe("--write")
    assert absent.return_value == 4
    assert f"falsch eingerichtet: {path}:5: slots.presence.binding: " in absent.output
    assert "nichts Neues einzutragen" in absent.output
    told = json.loads(probe("--format", "json").output)
    assert (told["exit"], told["slots"][0]["trouble"]["kind"]) == (4, "SETUP")
    assert code_of_all([]) == 2
