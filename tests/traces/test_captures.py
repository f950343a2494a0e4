"""A capture that a stranger's program wrote becomes the recording that our own tap would have made of the same talk.

The stories are told once at emulated devices, while the tap records, dumpcap and tcpdump listen on loopback.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from lisa_core.config.drivers import driver
from lisa_core.equipment.lines.tapped.request import HttpQuestion
from lisa_core.equipment.traces.captures.imported import CaptureRecording, imported
from lisa_core.equipment.traces.captures.streams import CaptureError, CaptureListing
from lisa_core.equipment.traces.captures.tshark import read_capture
from lisa_core.equipment.traces.entries import Blank, EntryKind, Plain, Trace, TraceEntry, bytes_in, plain
from lisa_core.equipment.traces.keepers import whole_text
from lisa_core.equipment.traces.masks.choice import mask_for
from lisa_core.equipment.traces.reading import read_trace
from tests.system.programs import LISA
from tests.traces.sniffers import (
    NOBODYS,
    WIFI,
    Pcap,
    missing,
    read_pcap,
    sniffed,
    usbmon,
    usbpcap,
)
from tests.traces.stories import CANARY, STORIES, Told, record, replay
from tests.traces.test_replay import TWO_AT_ONCE

TOLD = ("scanner", "printer", "printer by IPP", "door on a network", "head on a network")
TRIES = 3
OF_TCPDUMP = ("scanner", "door on a network")
LONG = os.environ.get("LISA_LONG") == "1"
BEGUN_US = 1_795_982_790_000_000


def missing_program(what: str) -> None:
    """Skip this test, or fail it where CI=true."""
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{what} fehlt: nicht geprüft")


@dataclass(frozen=True, slots=True)
class Capture:
    """What both programs wrote, what the tap kept of each story, and what its driver told."""

    pcapng: Path
    pcap: Path
    traces: Mapping[str, Trace]
    told: Mapping[str, Told]

    def port(self, name: str) -> str:
        found = re.search(r":(\d+)", self.traces[name].head.binding)
        assert found
        return found[1]


@pytest.fixture(scope="module")
def capture(tmp_path_factory: pytest.TempPathFactory) -> Capture:
    if what := missing():
        missing_program(what)
    folder = tmp_path_factory.mktemp("captures")
    pcapng, pcap = folder / "fang.pcapng", folder / "fang.pcap"
    for _ in range(TRIES):
        with sniffed(pcapng, pcap) as lost:
            told = {name: record(STORIES[name], folder / f"{name}.trace") for name in TOLD}
        assert len(lost) == 2, "both say so"
        if not any(lost):
            break
    else:
        pytest.fail("a sniffer on a busy machine loses packets each time")
    return Capture(pcapng, pcap, {name: read_trace(folder / f"{name}.trace") for name in TOLD}, told)


_LISTED: dict[tuple[Path, bytes], tuple[CaptureListing, str]] = {}


@pytest.fixture(autouse=True)
def listed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What tshark lists of the same bytes is the same; most of the time of these tests it starts."""

    def of(path: Path) -> tuple[Path, bytes]:
        return path, path.read_bytes() if path.exists() else b""

    async def listed(path: Path) -> tuple[CaptureListing, str]:
        if (key := of(path)) not in _LISTED:
            _LISTED[key] = await read_capture(path)
        return _LISTED[key]

    monkeypatch.setattr("lisa_core.equipment.traces.captures.imported.read_capture", listed)


def read(path: Path, name: str, port: str) -> CaptureRecording:
    story = STORIES[name]
    mask = mask_for(story.slots, story.driver)
    return asyncio.run(imported(path, driver(story.driver).binding, mask, port))


@cache
def read_once(path: Path, name: str, port: str) -> CaptureRecording:
    """The same of a file that stays as it is."""
    return read(path, name, port)


def without_times(entries: Sequence[TraceEntry]) -> list[TraceEntry]:
    """Nor with what no capture knows: what a person did, the device's last word, which not every driver awaits, and
    when a driver noticed that all of a job is taken, which may be before or after the answer to it."""
    last = TraceEntry(0, EntryKind.CAME)
    plain_ = [replace(one, at_us=0) for one in entries if one.kind is not EntryKind.MARK]
    kept: list[TraceEntry] = []
    taken: list[TraceEntry] = []
    for one in plain_:
        if one.kind is EntryKind.ENDED:
            taken.append(one)
        elif one.kind is EntryKind.CLOSE:
            kept += [*taken, one]
            taken = []
        elif one != last:
            kept.append(one)
    return [*kept, *taken]


@pytest.mark.parametrize("name", TOLD)
def test_a_capture_becomes_what_the_tap_would_have_kept(name: str, capture: Capture, tmp_path: Path) -> None:
    trace = capture.traces[name]
    found = read_once(capture.pcap if name in OF_TCPDUMP else capture.pcapng, name, capture.port(name))
    assert (found.binding, found.notes) == (trace.head.binding, ())
    assert without_times(found.entries) == without_times(trace.entries)
    path = tmp_path / "gefangen.trace"
    path.write_text(whole_text(replace(trace.head, source="fang.pcapng"), found.entries), encoding="utf-8")
    mode = "tolerant" if name in TWO_AT_ONCE else "strict"
    assert replay(STORIES[name], f"replay:{path}?mode={mode}", acts=False) == capture.told[name]


def test_nothing_personal_gets_out_of_a_capture(capture: Capture) -> None:
    raw = capture.pcap.read_bytes()
    assert CANARY.encode() in raw, "the canary was on the wire"
    assert b"\xff\xd8\xff" in raw, "a picture as well"
    for name in ("scanner", "printer", "printer by IPP"):
        found = read_once(capture.pcap if name in OF_TCPDUMP else capture.pcapng, name, capture.port(name))
        text = whole_text(capture.traces[name].head, found.entries)
        kept = b"".join(part.data for one in found.entries for part in one.content if isinstance(part, Plain))
        assert CANARY not in text
        assert CANARY.encode() not in kept
        assert b"\xff\xd8\xff" not in kept


def test_an_order_of_others_for_a_scan_keeps_what_it_says_of_the_scan() -> None:
    mask = mask_for({"scanner": {}}, "escl")
    said = '<?xml version="1.0"?><scan:ScanSettings xmlns:scan="s">{}<scan:XResolution>300</scan:XResolution></s>'
    named = "<scan:UserName>{}</scan:UserName>"
    kept = [
        mask.asked(HttpQuestion("POST", "/eSCL/ScanJobs", said.format(inside).encode(), "text/xml"))
        for inside in (
            named.format(CANARY),
            named.format("x" * len(CANARY)),
            f"<!-- {CANARY} -->",
            f'<a b="{CANARY}"/>',
        )
    ]
    assert kept[0] == kept[1] == plain(said.format(named.format("x" * len(CANARY))).encode())
    assert all(isinstance(part, Blank) for content in kept[2:] for part in content)


def test_what_networks_do_to_packets_is_undone_or_told(capture: Capture, tmp_path: Path) -> None:
    name = "door on a network"
    port, whole = capture.port(name), read_pcap(capture.pcap.read_bytes())
    ours = [at for at, one in enumerate(whole.packets) if int(port) in ports(one) and says(one)]
    first = without_times(read_once(capture.pcap, name, port).entries)
    middle = ours[len(ours) // 2]
    packets = list(whole.packets)
    path = tmp_path / "fang.pcap"

    def with_packets(packets: Sequence[bytes], end: int | None = None) -> CaptureRecording:
        path.write_bytes(replace(whole, packets=tuple(packets)).whole[:end])
        return read(path, name, port)

    later, early = ours[len(ours) // 2 + 2], ours[2]
    twice = [*packets[: early + 1], *packets[early:middle]]
    swapped = with_packets([*twice, *packets[middle + 1 : later + 1], packets[middle], *packets[later + 1 :]])
    for kind in (EntryKind.SENT, EntryKind.CAME):
        each = [[one for one in entries if one.kind is kind] for entries in (without_times(swapped.entries), first)]
        assert each[0] == each[1], "what came twice stands once, what came too late where it belongs"
    lost = with_packets([*packets[:middle], *packets[middle + 1 :]])
    [note] = lost.notes
    assert re.search(r"fang\.pcap: In der Verbindung von 127\.0\.0\.1:\d+ vor Paket \d+ fehlen 1\d Bytes", note)
    for kind in (EntryKind.SENT, EntryKind.CAME):
        kept, all_ = ([one for one in entries if one.kind is kind] for entries in (without_times(lost.entries), first))
        assert kept == all_[: len(kept)], "up to there it is right"
        assert 1 < len(kept) < len(all_)
    size = len(replace(whole, packets=tuple(packets[:middle])).whole)
    cut = with_packets(packets, size + 20)
    assert cut.notes == (f"{path}: Der Mitschnitt bricht mitten in einem Paket ab; gelesen ist er bis Paket {middle}.",)
    assert without_times(cut.entries)[:-1] == first[: len(cut.entries) - 1]


def ports(packet: bytes) -> tuple[int, int]:
    """Source and target of a packet of IPv4 on Ethernet."""
    return int.from_bytes(packet[50:52], "big"), int.from_bytes(packet[52:54], "big")


def says(packet: bytes) -> int:
    """How many bytes a packet of TCP carries for its connection."""
    return int.from_bytes(packet[32:34], "big") - 20 - (packet[62] >> 4) * 4


def test_each_capture_that_cannot_be_read_gets_its_own_sentence(capture: Capture, tmp_path: Path) -> None:
    name = "door on a network"
    port, whole = capture.port(name), read_pcap(capture.pcap.read_bytes())
    asked = next(at for at, one in enumerate(whole.packets) if ports(one)[1] == int(port) and says(one))
    begins = whole.packets[asked]
    secret = begins[: -says(begins)] + b"\x16\x03\x01\x00\x07" + bytes(says(begins) - 5)
    one_short = replace(whole, packets=whole.packets[:1]).whole[:-5]
    path = tmp_path / "fang.pcap"
    wrong = (
        (b"GIF89a", port, r"kein Mitschnitt \(pcapng oder pcap\)"),
        (whole.of_link(WIFI).whole, port, r"In keinem der \d+ Pakete steht TCP oder USB"),
        (whole.of_link(NOBODYS).whole, port, r"Von welcher Leitung er ist, weiß tshark nicht \(link type\)"),
        (replace(whole, packets=(*whole.packets[:asked], secret)).whole, port, r"verschlüsselt \(TLS\)"),
        (whole.whole[:24], port, "Der Mitschnitt ist leer"),
        (one_short, port, "bricht ab, bevor ein Paket ganz ist"),
        (whole.whole, "1", r"„1“ steht nicht darin; darin stehen 127\.0\.0\.1:\d+, "),
    )
    for data, wanted, sentence in wrong if LONG else wrong[:4]:
        path.write_bytes(data)
        with pytest.raises(CaptureError, match=f"fang.pcap: .*{sentence}"):
            pytest.fail(f"{sentence}: {read(path, name, wanted)}")
    with pytest.raises(CaptureError, match=r"fehlt\.pcap: Der Mitschnitt lässt sich nicht lesen"):
        read(tmp_path / "fehlt.pcap", name, port)
    with pytest.raises(CaptureError, match=r"fang\.pcap: Darin stehen mehrere Geräte: .*Mit --port eines nennen"):
        read(capture.pcap, name, "")
    others = (("printer by IPP", "nichts über eSCL gefragt"), (name, "nichts über eSCL gefragt|ist kein HTTP"))
    for other, sentence in others if LONG else others[:1]:
        with pytest.raises(CaptureError, match=sentence):
            read(capture.pcap, "scanner", capture.port(other))


@pytest.mark.parametrize("sniffer", [usbmon, usbpcap])
@pytest.mark.parametrize("name", ["radar", "pad"] if LONG else ["radar"])
def test_a_serial_line_at_usb_is_read_out_of_what_its_sniffers_write(
    name: str, sniffer: Callable[..., Pcap], tmp_path: Path
) -> None:
    if shutil.which("tshark") is None:
        missing_program("tshark")
    trace_path, path = tmp_path / "leitung.trace", tmp_path / "usb.pcap"
    told = record(STORIES[name], trace_path)
    trace = read_trace(trace_path)
    said = [
        (BEGUN_US + one.at_us, one.kind is EntryKind.CAME, data)
        for one in trace.entries
        if one.kind in (EntryKind.SENT, EntryKind.CAME) and (data := bytes_in(one.content))
    ]
    path.write_bytes(sniffer(said).whole)
    found = read(path, name, "")
    spoken = (EntryKind.SENT, EntryKind.CAME)
    got = [one for one in found.entries if one.kind in spoken]
    kept = [(found.begun_us + one.at_us, one.kind is EntryKind.CAME, bytes_in(one.content)) for one in got]
    assert kept == said
    again = tmp_path / "usb.trace"
    again.write_text(whole_text(trace.head, found.entries), encoding="utf-8")
    assert replay(STORIES[name], f"replay:{again}", acts=False) == told
    both = sniffer(said), sniffer(said, 9)
    path.write_bytes(both[0].whole + b"".join(both[1].packets))
    with pytest.raises(CaptureError, match=r"mehrere Geräte: USB 1\.7, USB 1\.9\. Mit --port"):
        read(path, name, "")
    assert without_times(read(path, name, "1.9").entries) == without_times(found.entries)


def test_the_command_reads_a_capture_and_says_what_it_cannot_do(capture: Capture, tmp_path: Path) -> None:
    def lisa(*words: str) -> subprocess.CompletedProcess[str]:
        command = [LISA, "record", "--from", str(capture.pcapng), *words, "--out", "x.trace"]
        return subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True, timeout=60)

    done = lisa("--slot", "scanner", "--port", capture.port("scanner"))
    assert done.returncode == 0, done.stdout + done.stderr
    head = read_trace(tmp_path / "x.trace").head
    assert (head.driver, head.source, head.origin) == ("escl", "fang.pcapng", "nicht als echt belegt")
    cut = tmp_path / "erika.muster" / "fang.pcap"
    cut.parent.mkdir()
    cut.write_bytes(capture.pcapng.read_bytes()[:-10])
    command = [LISA, "record", "--from", str(cut), "--slot", "scanner", "--port", capture.port("scanner")]
    subprocess.run([*command, "--out", "y.trace"], cwd=tmp_path, check=True, capture_output=True, timeout=60)
    text = (tmp_path / "y.trace").read_text(encoding="utf-8")
    assert "fang.pcap: Der Mitschnitt bricht" in text
    assert "erika" not in text, "in whose folder it lay is nobody's business"
    wrong = (
        (("--slot", "printer"), "Mit --driver einen nennen"),
        (("--slot", "scanner"), "Darin stehen mehrere Geräte"),
        (("--slot", "citizen_camera"), "über keine Leitung, die sich mitschneiden lässt"),
    )
    for words, told in wrong if LONG else ():
        failed = lisa(*words)
        assert (failed.returncode, told in failed.stderr + failed.stdout) == (4, True), failed.stderr + failed.stdout
