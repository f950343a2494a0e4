"""What counts as real, from facts to verdicts: one table for the word, and what follows from it."""

from __future__ import annotations

import asyncio
import os
import pty
from dataclasses import replace
from pathlib import Path

import pytest

from emulator.devices.scanner import open_scanner
from emulator.devices.scanning.values import offered_by
from emulator.world.live_world import HostedWorld
from lisa_core.config.profile import load_profile
from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.drivers.escl import open_escl
from lisa_core.equipment.drivers.identity import Said, identities
from lisa_core.equipment.drivers.whereabouts import usb_place, whereabouts
from lisa_core.equipment.lines.usb import usb_identity
from lisa_core.equipment.slots.origin import Facts, Origin, Where, origin_of
from lisa_core.harness.report.equipment import honest, in_a_line, profile_digest, why_uncounted
from lisa_core.harness.report.judgement import matrix
from lisa_core.harness.report.record import ScenarioRecord, SlotRecord, Verdict
from lisa_core.harness.report.requirements import Requirement
from lisa_core.harness.settings import RunSettings, said_as_text, said_from, why_not_applicable
from lisa_core.host.data import data_dir

NAMED = DeviceIdentity("Hi-Link", "HLK-LD2410", "8f:27", "V1.07")
SCENARIO = ScenarioRecord("a", "A", "F", Path("a.feature"), 1, frozenset({"anf:K.1"}), (), verdict=Verdict.PASSED)


@pytest.mark.parametrize(
    ("facts", "origin"),
    [
        (Facts("emulator"), Origin.EMULATED),
        (Facts("http://192.0.2.7/eSCL", joined=True, identity=NAMED), Origin.EMULATED),
        (Facts("replay:scan.jsonl", identity=NAMED), Origin.REPLAYED),
        (Facts("adapter:node sensor.js", where=Where.VIRTUAL, identity=NAMED), Origin.ADAPTER),
        (Facts("adapter:tcp://192.0.2.7:4100", identity=NAMED), Origin.ADAPTER),
        (Facts("adapter:tcp://192.0.2.7:4100"), Origin.ADAPTER),
        (Facts("frames:/tmp/kamera", where=Where.FILE, identity=NAMED), Origin.REPLAYED),
        (Facts("/dev/ttyUSB0", where=Where.PTY, identity=NAMED), Origin.HERE),
        (Facts("http://127.0.0.1/eSCL", where=Where.LOOPBACK, identity=NAMED), Origin.HERE),
        (Facts("/dev/tnt0", where=Where.VIRTUAL, identity=NAMED), Origin.HERE),
        (Facts("http://nirgends/eSCL", where=Where.NOWHERE, identity=NAMED), Origin.HERE),
        (Facts("/dev/ttyUSB0"), Origin.NAMELESS),
        (Facts("/dev/ttyUSB0", silence="Keine Antwort."), Origin.NAMELESS),
        (Facts("/dev/ttyUSB0", identity=DeviceIdentity(firmware="V2.00")), Origin.REAL),
        (Facts("http://192.0.2.7/eSCL", identity=NAMED), Origin.REAL),
    ],
)
def test_only_what_nothing_speaks_against_and_what_has_a_name_is_real(facts: Facts, origin: Origin) -> None:
    found, reason = origin_of(facts)
    assert found is origin
    assert bool(reason) is (origin is not Origin.REAL and facts.binding != "emulator")


def test_where_an_address_ends_is_asked_of_the_system(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    try:
        link = tmp_path / "ttyRadar"
        link.symlink_to(os.ttyname(theirs))
        file = tmp_path / "bilder"
        file.touch()
        assert whereabouts(str(link)) == (Where.PTY, os.ttyname(theirs))
        assert whereabouts(f"frames:{file}")[0] is Where.FILE
        assert whereabouts(f"video:{tmp_path}/video9")[0] is Where.NOWHERE
        assert whereabouts("/dev/null")[0] is Where.VIRTUAL
    finally:
        os.close(ours)
        os.close(theirs)
    for address in ("http://127.0.0.1:8080/eSCL", "socket://localhost:9100", "rfc2217://[::1]:4001", "http://0.0.0.0"):
        assert whereabouts(address)[0] is Where.LOOPBACK, address
    assert whereabouts("http://192.0.2.7/eSCL") == (Where.OUT, "192.0.2.7")


@pytest.mark.parametrize(
    ("hangs", "where"),
    [("pci0000:00/usb1/1-2", Where.OUT), ("platform/vhci_hcd.0/usb3/3-1", Where.VIRTUAL), ("", Where.NOWHERE)],
)
def test_where_a_device_on_usb_is_plugged_in(hangs: str, where: Where, tmp_path: Path) -> None:
    """As sysfs shows it; over USB/IP it is a device that a program may play."""
    devices = tmp_path / "bus"
    devices.mkdir()
    if hangs:
        real = tmp_path / "devices" / hangs
        real.mkdir(parents=True)
        (real / "idVendor").write_text("056a\n")
        (real / "idProduct").write_text("00a8\n")
        (devices / "1-2").symlink_to(real)
    assert usb_place("056a", "00a8", devices)[0] is where
    assert whereabouts("hid:056A:FFFF")[0] is Where.NOWHERE


def slot(name: str, origin: Origin, *, decides: bool = True) -> SlotRecord:
    binding = "emulator" if origin is Origin.EMULATED else "/dev/ttyUSB0"
    return SlotRecord(name, name.title(), origin, binding=binding, decides=decides)


@pytest.mark.parametrize(
    ("slots", "counts"),
    [
        ((), True),  # nothing was bound: the run says by itself that all was emulated
        ((slot("door", Origin.EMULATED),), True),
        ((slot("presence", Origin.REAL), slot("door", Origin.EMULATED, decides=False)), True),
        ((slot("presence", Origin.REAL), slot("door", Origin.EMULATED)), False),
        ((slot("presence", Origin.HERE),), False),
        ((slot("presence", Origin.NAMELESS),), False),
        ((slot("presence", Origin.REAL, decides=False),), False),  # decided by no device at all
    ],
)
def test_requirement_counts_on_hardware_only_where_what_decides_was_real(
    slots: tuple[SlotRecord, ...], counts: bool
) -> None:
    record = replace(SCENARIO, equipment=slots)
    requirement = Requirement("K.1", "t", "t", "q", Path("k.toml"), 1)
    (one,) = matrix([requirement], [record], mentioned_only=True)
    assert one.verdict is (Verdict.PASSED if counts else Verdict.NOT_CHECKED)
    assert bool(one.uncounted) is not counts
    assert honest(record).verdict is Verdict.PASSED
    staged = honest(replace(record, tags=record.tags | {"stufe:hardware"}))
    assert staged.verdict is one.verdict
    assert staged.error == why_uncounted(record)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Verdict.PASSED, Verdict.NOT_CHECKED),
        (Verdict.FAILED, Verdict.NOT_CHECKED),
        (Verdict.UNDECIDED, Verdict.NOT_CHECKED),
        (Verdict.HARNESS, Verdict.HARNESS),
    ],
)
def test_nothing_was_checked_with_a_device_that_was_lost(before: Verdict, after: Verdict) -> None:
    record = honest(replace(SCENARIO, verdict=before), ("Der Scanner antwortete 4,2 s nach Beginn nicht mehr: Kabel.",))
    assert record.verdict is after
    assert ("4,2 s nach Beginn" in record.error) is (after is Verdict.NOT_CHECKED)


def test_slots_are_told_in_one_line() -> None:
    real = replace(slot("presence", Origin.REAL), identity="Hi-Link HLK-LD2410")
    named = replace(slot("door", Origin.NAMELESS), reason="Sagt es nicht.")
    line = in_a_line([real, named, slot("lamp", Origin.EMULATED)])
    assert line == "Presence: echt (Hi-Link HLK-LD2410); Door: ohne Kennung (Sagt es nicht); alles andere emuliert"


def test_who_devices_are_travels_into_pytest() -> None:
    said = {"presence": Said(NAMED), "door": Said(silence="Sagt es nicht."), "scanner": Said(NAMED, can=("glas",))}
    assert said_from(said_as_text(said)) == said


@pytest.mark.parametrize(
    ("tags", "why"),
    [
        ({"braucht:scanner.einzug"}, ""),
        ({"braucht:induction-loop"}, ""),
        ({"braucht:printer.kennung"}, "@braucht:printer.kennung: Der Treiber „raw-print“ kann pdf"),
        ({"stufe:hardware", "braucht:scanner"}, "@stufe:hardware: emuliert sind hier scanner"),
        ({"stufe:hardware", "braucht:presence"}, ""),
        ({"braucht:presence.kennung"}, ""),
        (
            {"braucht:presence.entfernung"},
            "@braucht:presence.entfernung: Im Profil ist das nicht erklärt (capabilities)",
        ),
        ({"manuell"}, ""),
    ],
)
def test_what_a_profile_cannot_show_does_not_apply(tags: set[str], why: str, tmp_path: Path) -> None:
    profile = tmp_path / "p.toml"
    profile.write_text(
        '[profile]\nid = "p"\nextends = "emulated"\n[slots.presence]\nbinding = "/dev/ttyUSB0"\n'
        'capabilities = ["kennung"]\n',
        encoding="utf-8",
    )
    assert why_not_applicable(frozenset(tags), RunSettings(str(profile))) == why


def test_what_the_opened_scanner_does_not_offer_does_not_apply() -> None:
    async def can(name: str, **options: bool) -> tuple[str, ...] | None:
        async with open_scanner(HostedWorld(), offered=offered_by(name)) as binding, open_escl(binding, options) as one:
            return (await identities({"scanner": one}))["scanner"].can

    flatbed = asyncio.run(can("canon-d570"))
    assert flatbed == ("glas", "farbe", "kennung")
    assert asyncio.run(can("brother-ds-940dw", colour=False)) == ("einzug", "kennung")
    lacking = "@braucht:scanner.einzug: Dieses Gerät kann glas, farbe, kennung"
    for ability, why in (("glas", ""), ("einzug", lacking)):
        tags = frozenset({f"braucht:scanner.{ability}"})
        assert why_not_applicable(tags, RunSettings(said={"scanner": Said(NAMED, can=flatbed)})) == why
        assert why_not_applicable(tags, RunSettings(said={"scanner": Said(NAMED)})) == ""


def test_camera_on_usb_says_who_it_is_and_one_of_a_program_does_not(tmp_path: Path) -> None:
    stick = tmp_path / "devices" / "pci" / "usb1" / "1-1"
    (stick / "1-1:1.0" / "video4linux" / "video0").mkdir(parents=True)
    for name, said in {"idVendor": "046d", "manufacturer": "Muster", "product": "Kamera 2", "serial": "0815"}.items():
        (stick / name).write_text(f"{said}\n", encoding="utf-8")
    played = tmp_path / "devices" / "virtual" / "video4linux" / "video1"
    played.mkdir(parents=True)
    number = Path("/dev/null").stat().st_rdev
    link = tmp_path / f"{os.major(number)}:{os.minor(number)}"
    link.symlink_to(stick / "1-1:1.0" / "video4linux" / "video0")
    assert usb_identity(Path("/dev/null"), tmp_path) == DeviceIdentity("Muster", "Kamera 2", "0815")
    link.unlink()
    link.symlink_to(played)
    assert usb_identity(Path("/dev/null"), tmp_path) == DeviceIdentity()


def test_the_digest_of_a_profile_says_what_its_landkreis_is_and_not_where_its_file_lies(tmp_path: Path) -> None:
    landkreis = (data_dir("fixtures") / "landkreise" / "uckermark.toml").read_text(encoding="utf-8")

    def digest(folder: str, text: str) -> str:
        profile = tmp_path / folder / "kabine.toml"
        profile.parent.mkdir()
        head = 'schema = 1\n[profile]\nid = "kabine"\nextends = "emulated"\nlandkreis = "eigen.toml"\n'
        profile.write_text(head, encoding="utf-8")
        (profile.parent / "eigen.toml").write_text(text, encoding="utf-8")
        return profile_digest(load_profile(str(profile)))

    here = digest("hier", landkreis)
    assert digest("dort", f"# abgeschrieben\n{landkreis}") == here
    assert digest("anders", landkreis.replace("08:30-", "09:30-")) != here
