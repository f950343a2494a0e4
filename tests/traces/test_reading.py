"""The file of a recording: what is written is read again, a cut is told, and what was changed does not play."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from lisa_core.config.profile import load_profile
from lisa_core.domain.model.errors import DeviceFault, LisaError, ProfileError
from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.traces.entries import Blank, EntryKind, PictureShape, Plain, TraceEntry, TraceError, TraceHead
from lisa_core.equipment.traces.keepers import Ring, TraceFile, whole_text
from lisa_core.equipment.traces.reading import read_trace
from tests.tidy.sources import ROOT
from tests.traces.stories import STORIES, record, replay

LINES = Draft202012Validator(json.loads((ROOT / "docs" / "aufzeichnung.schema.json").read_text(encoding="utf-8")))
HEAD = TraceHead(
    {"presence": {"baudrate": 256_000}},
    "hlk-ld2410",
    "/dev/ttyUSB0",
    "echt",
    datetime(2026, 11, 29, 12, tzinfo=UTC),
    "0.1.0",
    DeviceIdentity("Hi-Link", "HLK-LD2410"),
)
_PARTS = st.one_of(
    st.builds(Plain, st.binary(min_size=1, max_size=40)),
    st.builds(Plain, st.text(min_size=1, max_size=20).map(str.encode)),
    st.builds(Blank, st.integers(0, 9_999), st.sampled_from(("", "document"))),
    st.builds(
        PictureShape,
        st.sampled_from(("image/jpeg", "image/png")),
        *[st.integers(1, 3_000)] * 2,
        st.booleans(),
        st.integers(0, 9_999),
        st.booleans(),
    ),
)
_ENTRIES = st.builds(
    lambda at, kind, parts, number: TraceEntry(at, kind, tuple(parts), {"n": number}),
    st.integers(0, 10**9),
    st.sampled_from([kind for kind in EntryKind if kind is not EntryKind.END]),
    st.lists(_PARTS, max_size=3),
    st.integers(1, 99),
)


@given(st.lists(_ENTRIES, max_size=8))
@settings(max_examples=30)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, entries: list[TraceEntry]) -> None:
    entries = sorted(entries, key=lambda entry: entry.at_us)
    text = whole_text(HEAD, entries)
    for line in text.splitlines():
        LINES.validate(json.loads(line))
    path = tmp_path_factory.mktemp("t") / "one.trace"
    path.write_text(text, encoding="utf-8", newline="\n")
    found = read_trace(path)
    assert (found.head, list(found.entries), found.cut) == (HEAD, entries, "")


def test_a_file_that_breaks_off_plays_up_to_there_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "radar.trace"
    record(STORIES["radar"], path)
    whole, text = read_trace(path), path.read_bytes()
    for at in range(len(text.splitlines(keepends=True)[0]), len(text) - 1, 37):
        path.write_bytes(text[:at])
        found = read_trace(path)
        assert found.cut
        assert found.entries == whole.entries[: len(found.entries)]
        assert len(found.entries) >= text[:at].count(b"\n") - 1
    path.write_bytes(text[: text.index(b'"k":"mark"')])
    with pytest.raises(DeviceFault, match="Seit einer Sekunde kein Bericht"):
        replay(STORIES["radar"], f"replay:{path}", acts=False)


WALL = '{"t":99999999,"k":"<","picture":{"type":"image/png","width":99999,"height":99999,"grey":true,"size":1}}\n'


def test_a_file_that_somebody_changed_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "radar.trace"
    record(STORIES["radar"], path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    wrong = {
        "a line less": [*lines[:4], *lines[5:]],
        "a line twice": [*lines[:4], lines[3], *lines[4:]],
        "times that run back": [*lines[:3], lines[6], lines[3], *lines[4:]],
        "no JSON": [*lines[:3], "{nichts\n", *lines[3:]],
        "an unknown kind": [*lines[:3], '{"t":99999999,"k":"vielleicht"}\n'],
        "half a byte": [*lines[:3], '{"t":99999999,"k":"<","hex":"abc"}\n'],
        "a picture of a wall": [*lines[:3], WALL],
        "more behind its end": [*lines, lines[-2]],
    }
    for what, changed in wrong.items():
        path.write_text("".join(changed), encoding="utf-8")
        with pytest.raises(TraceError, match=rf"{path.name}:\d+: "):
            pytest.fail(f"{what}: {read_trace(path)}")
    for head, told in (("{}\n", "keine Aufzeichnung"), (lines[0].replace('"format":1', '"format":2'), "LISA erneuern")):
        path.write_text("".join((head, *lines[1:])), encoding="utf-8")
        with pytest.raises(TraceError, match=f"{path.name}:1: .*{told}"):
            read_trace(path)


def test_a_profile_names_what_is_wrong_with_a_recording(tmp_path: Path) -> None:
    (tmp_path / "radar.trace").write_text(whole_text(HEAD, ()), encoding="utf-8")
    for driver, binding, told in (
        ("hlk-ld2410", "replay:fehlt.trace", "radar.toml:6: .*fehlt.trace: Die Aufzeichnung lässt sich nicht lesen"),
        ("hlk-ld2450", "replay:radar.trace", "vom Treiber „hlk-ld2410“"),
        ("hlk-ld2410", "replay:radar.trace?mode=milde", "mode ist strict oder tolerant"),
        ("hlk-ld2410", "replay:radar.trace?tempo=1", "Die Angabe „tempo“ gibt es nicht"),
        ("hlk-ld2410", "replay:", "Hinter „replay:“ fehlt die Datei"),
    ):
        profile = tmp_path / "radar.toml"
        head = 'schema = 1\n[profile]\nid = "r"\nextends = "emulated"\n[slots.presence]\n'
        profile.write_text(f'{head}binding = "{binding}"\ndriver = "{driver}"\n', encoding="utf-8")
        with pytest.raises(ProfileError, match=told):
            load_profile(str(profile))
    profile.write_text(profile.read_text(encoding="utf-8").replace("replay:", "replay:radar.trace"), encoding="utf-8")
    assert load_profile(str(profile)).replayed == {"presence"}


def test_a_ring_keeps_the_beginning_and_the_newest_within_its_limits(tmp_path: Path) -> None:
    ring = Ring(most_bytes=4_000, most_us=60_000_000)
    for second in range(200):
        ring.keep(TraceEntry(second * 1_000_000, EntryKind.CAME, (Plain(bytes((second,))),)))
    kept = ring.entries
    [gap] = [entry for entry in kept if entry.kind is EntryKind.GAP]
    assert kept[0].at_us == 0
    assert kept[-1].at_us == 199_000_000
    assert gap.number("count") == 200 - (len(kept) - 1)
    assert 20 < len(kept) < 60
    file = TraceFile(tmp_path / "ring.trace", HEAD)
    ring.pour(file)
    ring.keep(TraceEntry(200_000_000, EntryKind.CLOSE))
    file.close()
    assert len(read_trace(tmp_path / "ring.trace").entries) == len(kept) + 1


def test_a_full_disk_is_told() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("kein /dev/full: nicht geprüft")
    with pytest.raises(LisaError, match="lässt sich nicht schreiben"):
        TraceFile(Path("/dev/full"), HEAD)
