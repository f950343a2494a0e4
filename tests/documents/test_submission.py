"""What is handed in: sealed so that no byte can change, bound to exactly one declaration, whole after any journey."""

from __future__ import annotations

import io
import json
import random
import zipfile
from dataclasses import replace
from functools import cache

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from lisa_core.domain.case.canonical import canonical_json, sha256
from lisa_core.domain.model import case_events as ev
from lisa_core.domain.model.case import Case
from lisa_core.domain.model.errors import LisaError, ProtocolError
from lisa_core.domain.model.ids import BlobId, OfficeId
from lisa_core.papers import package as packages
from lisa_core.papers.package import pack, unpack
from lisa_core.papers.parts import PART_SIZE, Assembly, parts
from lisa_core.papers.seal import MANIFEST, SEAL, Submission, build, verify, verify_by_itself
from lisa_core.papers.vault import MemoryVault
from lisa_core.wire.messages import SubmissionPart
from tests.documents.cases import (
    OCCASION,
    SPEC,
    STROKES,
    digest_of,
    jpeg,
    last_paper,
    run,
    scanned,
    signed_case,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key()
ODD = Submission("x", OfficeId("wohngeldstelle"), random.Random(7).randbytes(10_000), "")
ODD = replace(ODD, digest=sha256(ODD.package))


@cache
def sealed() -> tuple[Case, MemoryVault, Submission]:
    vault = MemoryVault()
    case, _ = run(signed_case(vault), ev.HandIn())
    return case, vault, build(case, SPEC, OCCASION, vault=vault, strokes=STROKES, seal_key=KEY)


def test_the_package_says_what_it_is_and_anyone_can_recompute_the_declaration_digest() -> None:
    case, _, submission = sealed()
    verified = verify(submission.package, PUBLIC)
    assert (verified.form, verified.pages, verified.digest) == (SPEC.id, 3, submission.digest)
    assert (verified.office, verified.service) == (OCCASION.office, OCCASION.service)
    assert verified.handed_in_at == "2025-07-16T10:12:00+02:00"
    with zipfile.ZipFile(io.BytesIO(submission.package)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "antrag.json",
            "antrag.pdf",
            *(f"papers/01-mietvertrag/page-{number}.jpg" for number in (1, 2, 3)),
            "unterschrift.json",
            "manifest.json",
            "siegel.ed25519",
        ]
        assert sha256(archive.read("antrag.json")) == digest_of(case) == verified.declaration_digest
        assert archive.read("papers/01-mietvertrag/page-2.jpg") == jpeg(2)
        assert json.loads(archive.read("unterschrift.json"))["striche"].encode() == STROKES


def test_the_entries_drawn_at_the_head_of_the_module_are_those_of_a_package() -> None:
    drawn = [line.split()[0] for line in str(packages.__doc__).splitlines() if line.startswith("    ")]
    found = list(dict.fromkeys("page" if "/" in name else name for name in unpack(sealed()[2].package)))
    assert ["page" if "/" in name else name for name in drawn] == found


def test_building_again_gives_the_same_bytes() -> None:
    case, vault, submission = sealed()
    assert build(case, SPEC, OCCASION, vault=vault, strokes=STROKES, seal_key=KEY) == submission


def test_any_byte_of_any_entry_counts() -> None:
    """The archive is written anew around the changed entry, so that only digests and seal can notice."""
    entries = unpack(sealed()[2].package)
    chance = random.Random(1)
    for name, data in entries.items():
        places = {0, len(data) - 1, *(chance.randrange(len(data)) for _ in range(40))}
        for place in places:
            changed = bytearray(data)
            changed[place] ^= 1 << chance.randrange(8)
            with pytest.raises(LisaError):
                verify(pack({**entries, name: bytes(changed)}), PUBLIC)


def test_any_byte_of_the_archive_itself_counts() -> None:
    package = sealed()[2].package
    chance = random.Random(2)
    tail = range(len(package) - 900, len(package), 3)  # the archive's own directory lies there
    for place in {*range(60), *tail, *(chance.randrange(len(package)) for _ in range(60))}:
        changed = bytearray(package)
        changed[place] ^= 1 << chance.randrange(8)
        with pytest.raises(LisaError):
            verify(bytes(changed), PUBLIC)


@pytest.mark.parametrize(
    "change",
    [
        lambda e: {**e, "more.txt": b"x"},
        lambda e: dict(reversed(e.items())),
        lambda e: dict(list(e.items())[1:]),
    ],
)
def test_entries_cannot_come_go_or_move(change: object) -> None:
    assert callable(change)
    with pytest.raises(LisaError, match="nicht angenommen"):
        verify(pack(change(unpack(sealed()[2].package))), PUBLIC)


@pytest.mark.parametrize("package", [b"", b"PK", sealed()[2].package + b"\0", b"\0" + sealed()[2].package])
def test_nothing_hides_around_the_archive(package: bytes) -> None:
    with pytest.raises(LisaError):
        verify(package, PUBLIC)


def test_compressed_archives_are_refused_before_they_unfold() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("antrag.json", bytes(10_000_000))
    with pytest.raises(LisaError, match="kein Archiv"):
        verify(buffer.getvalue(), PUBLIC)


def test_another_booths_key_does_not_do() -> None:
    with pytest.raises(LisaError, match="Siegel"):
        verify(sealed()[2].package, Ed25519PrivateKey.generate().public_key())


def test_even_with_the_key_a_signature_cannot_be_moved_to_another_declaration() -> None:
    entries = unpack(sealed()[2].package)
    forged = json.loads(entries["antrag.json"])
    forged["felder"][0]["wert"] = "Jemand anderes"
    with pytest.raises(LisaError, match="gilt einer anderen Erklärung"):
        verify(resealed({**entries, "antrag.json": canonical_json(forged)}), PUBLIC)


def test_even_with_the_key_a_page_cannot_be_exchanged_or_left_out() -> None:
    entries = unpack(sealed()[2].package)
    name = "papers/01-mietvertrag/page-2.jpg"
    for forged in ({**entries, name: jpeg(9)}, {key: data for key, data in entries.items() if key != name}):
        with pytest.raises(LisaError, match="die Seiten sind nicht die"):
            verify(resealed(forged), PUBLIC)


NO_MOMENTS = ["garbage", None, float("nan"), 7, "2025-07-16T10:12:00", "0001-01-01T00:00:00+01:00", "x" * 5000, ["a"]]


DISGUISED = {
    "a page that is a program": ("papers/01-mietvertrag/page-2.jpg", "papers/01-mietvertrag/page-2.jpg", b"MZ\x90\x00"),
    "a page that is a PDF": ("papers/01-mietvertrag/page-2.jpg", "papers/01-mietvertrag/page-2.jpg", b"%PDF-1.7"),
    "another ending": ("papers/01-mietvertrag/page-2.jpg", "papers/01-mietvertrag/page-2.png", b""),
    "a program": ("papers/01-mietvertrag/page-2.jpg", "papers/01-mietvertrag/page-2.exe", b""),
    "elsewhere": ("papers/01-mietvertrag/page-2.jpg", "papers/../../page-2.jpg", b""),
    "no PDF": ("antrag.pdf", "antrag.pdf", b"<html>"),
    "one more": ("antrag.pdf", "lies-mich.html", b"<script>"),
}


@pytest.mark.parametrize("case", DISGUISED)
def test_even_with_the_key_nothing_comes_under_a_name_that_it_is_not(case: str) -> None:
    """A booth that is no longer ours: all digests are right, and the declaration is."""
    name, called, instead = DISGUISED[case]
    entries = dict(unpack(sealed()[2].package))
    content = {}
    for one, data in entries.items():
        content[called if one == name else one] = (instead or data) if one == name else data
    manifest = json.loads(content[MANIFEST])
    listed = [{"name": one, "sha256": sha256(data)} for one, data in content.items() if one not in (MANIFEST, SEAL)]
    content[MANIFEST] = canonical_json({**manifest, "eintraege": listed})
    content[SEAL] = KEY.sign(content[MANIFEST])
    with pytest.raises(LisaError, match=r"ist nicht, was der Name sagt"):
        verify(pack(content), PUBLIC)


@pytest.mark.parametrize("said", NO_MOMENTS)
def test_a_manifest_that_names_no_moment_is_refused(said: object) -> None:
    with pytest.raises(LisaError, match="abgegeben"):
        verify(with_manifest(abgegeben=said), PUBLIC)


def test_a_manifest_says_each_thing_once() -> None:
    entries = unpack(sealed()[2].package)
    text = entries[MANIFEST].replace(b"{", b'{"stelle":"wohngeld",', 1)
    with pytest.raises(LisaError, match=f"{MANIFEST} ist unlesbar"):
        verify(pack({**entries, MANIFEST: text, SEAL: KEY.sign(text)}), PUBLIC)


@pytest.mark.parametrize("key", ["stelle", "leistung"])
@pytest.mark.parametrize("said", ["\ud800", "a\0b", 7, "x" * 1000])
def test_a_manifest_names_what_can_be_written_anywhere(key: str, said: object) -> None:
    with pytest.raises(LisaError, match=key):
        verify(with_manifest(**{key: said}), PUBLIC)


def test_a_package_can_be_checked_by_the_key_that_it_names() -> None:
    package = sealed()[2].package
    assert verify_by_itself(package) == verify(package, PUBLIC)
    with pytest.raises(LisaError):
        verify_by_itself(package[:-1] + b"x")
    with pytest.raises(LisaError, match="Schlüssel"):
        verify_by_itself(with_manifest(gesiegelt_von="zz"))


def with_manifest(**said: object) -> bytes:
    """A package whose manifest says something else, sealed all the same."""
    entries = unpack(sealed()[2].package)
    text = json.dumps({**json.loads(entries["manifest.json"]), **said}).encode()
    return pack({**entries, "manifest.json": text, "siegel.ed25519": KEY.sign(text)})


def resealed(entries: dict[str, bytes]) -> bytes:
    """What a faulty booth could send: the manifest fits the entries and the seal fits the manifest."""
    manifest = json.loads(entries["manifest.json"])
    listed = [name for name in entries if name not in ("manifest.json", "siegel.ed25519")]
    manifest["eintraege"] = [{"name": name, "sha256": sha256(entries[name])} for name in listed]
    manifest["erklaerung_sha256"] = sha256(entries["antrag.json"])
    text = canonical_json(manifest)
    return pack({**entries, "manifest.json": text, "siegel.ed25519": KEY.sign(text)})


def test_building_refuses_what_is_not_what_she_signed() -> None:
    case, vault, _ = sealed()
    unsigned = scanned(Case(), vault)
    changed = replace(case, papers=())
    paper = replace(case.papers[0], pages=(replace(case.papers[0].pages[0], blob=BlobId("000002")),))
    for bad, strokes, why in (
        (unsigned, STROKES, "kein Antrag geöffnet"),
        (run(case, ev.DeliveryFailed("x"), ev.ReopenForm())[0], STROKES, "nicht unterschrieben"),
        (changed, STROKES, "nicht mehr der"),
        (replace(case, papers=(paper,)), STROKES, "nicht mehr der"),
        (case, STROKES + b" ", "Unterschrift ist nicht die"),
    ):
        with pytest.raises(LisaError, match=why):
            build(bad, SPEC, OCCASION, vault=vault, strokes=strokes, seal_key=KEY)
    pages = case.papers[0].pages
    exchanged = (replace(pages[0], blob=pages[1].blob), *pages[1:])
    swapped = replace(case, papers=(replace(case.papers[0], pages=exchanged),))
    with pytest.raises(LisaError, match="Seite 1, wurde verändert"):
        build(swapped, SPEC, OCCASION, vault=vault, strokes=STROKES, seal_key=KEY)
    assert last_paper(case)


@settings(max_examples=60)
@given(size=st.integers(11, 12_000), order=st.randoms(use_true_random=False), repeats=st.integers(1, 3))
def test_parts_come_together_in_any_order_and_more_than_once(size: int, order: random.Random, repeats: int) -> None:
    sent = list(parts(ODD, size)) * repeats
    order.shuffle(sent)
    assembly = Assembly.begin(sent[0])
    for part in sent[1:]:
        assembly = assembly.add(part)
    assert assembly.complete
    assert assembly.package() == ODD.package


def test_a_part_fits_a_message_of_the_link() -> None:
    big = replace(ODD, package=bytes(PART_SIZE * 2 + 1))
    assert [len(part.data) for part in parts(big)] == [174764, 174764, 4]


BAD_PARTS: list[tuple[dict[str, object], str]] = [
    ({"index": 4}, "outside 0 to 3"),
    ({"index": -1}, "outside 0 to 3"),
    ({"count": 5}, "differ from the first"),
    ({"digest": "0"}, "differ from the first"),
    ({"office": "jugendamt"}, "differ from the first"),
    ({"index": 0, "data": "AAAA"}, "came twice"),
    ({"data": "keine Base64!"}, "not base64"),
    ({"data": ""}, "must hold 1 to"),
    ({"data": "A" * 200_000}, "must hold 1 to"),
]


@pytest.mark.parametrize(("change", "why"), BAD_PARTS)
def test_parts_that_cannot_belong_are_refused_and_spoil_nothing(change: dict[str, object], why: str) -> None:
    sent = parts(ODD, 2500)
    assembly = Assembly.begin(sent[0])
    fields = {name: getattr(sent[1], name) for name in SubmissionPart.__slots__}
    with pytest.raises(ProtocolError, match=why):
        assembly.add(SubmissionPart(**{**fields, **change}))
    for part in sent[1:]:
        assembly = assembly.add(part)
    assert assembly.package() == ODD.package


def test_an_assembly_is_bounded_and_says_when_it_is_not_whole() -> None:
    first, *rest = parts(ODD, 2500)
    with pytest.raises(ProtocolError, match="3 of 4 parts are missing"):
        Assembly.begin(first).package()
    with pytest.raises(ProtocolError, match="count is"):
        Assembly.begin(replace(first, count=1001))
    assembly = Assembly.begin(replace(first, data="AAAA"))
    for part in rest:
        assembly = assembly.add(part)
    with pytest.raises(ProtocolError, match="digest"):
        assembly.package()
    huge = parts(replace(ODD, package=bytes(PART_SIZE * 401)))
    assembly = Assembly.begin(huge[0])
    for part in huge[1:400]:
        assembly = assembly.add(part)
    with pytest.raises(ProtocolError, match="bytes in all"):
        assembly.add(huge[400])
