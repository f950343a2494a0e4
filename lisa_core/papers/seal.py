"""What is handed in: declaration, pages and signature in one package, sealed by the booth; and how it is checked.

antrag.json is the canonical declaration, so its SHA-256 *is* the digest that was checked and signed. The manifest names
that digest and the SHA-256 of every entry; Ed25519 (RFC 8032) over the manifest seals all of it:

    siegel.ed25519 --signs--> manifest.json --SHA-256 of each--> antrag.json, antrag.pdf, pages, unterschrift.json
    antrag.json    --SHA-256 of each page--> papers/*            unterschrift.json --digest--> antrag.json

Papers without an application have no signature: then the manifest says `"art": "unterlagen"`, and unterlagen.json and
unterlagen.pdf stand where the form would; all else is the same.

`papers.package` draws the archive. The booth's public key came with its hello, and stands in the manifest as well.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from lisa_core.domain.case.canonical import canonical_json, declaration_json, declared_papers, sha256
from lisa_core.domain.case.papers_only import PAPERS_ONLY, REFERENCE
from lisa_core.domain.model.case import Case, Form, FormStage
from lisa_core.domain.model.directory import FormSpec
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.ids import FormId, OfficeId, ServiceId
from lisa_core.domain.model.json_types import JsonDict, JsonMap
from lisa_core.papers.occasion import Occasion
from lisa_core.papers.package import pack, unpack
from lisa_core.papers.vault import PageSource
from lisa_core.wire.json_text import each_once

FORM, PAPER_FORM, SIGNATURE = "antrag.json", "antrag.pdf", "unterschrift.json"
PAPERS, PAPERS_SHEET = "unterlagen.json", "unterlagen.pdf"
MANIFEST, SEAL = "manifest.json", "siegel.ed25519"
_KIND, _PAPERS_KIND = "art", "unterlagen"
VERSION = "lisa-einreichung-1"
_LONGEST, _FIRST_YEAR, _LAST_YEAR = 200, 2000, 9000

_ENDINGS: Mapping[str, str] = {"image/jpeg": "jpg", "image/png": "png"}
_PAGE = re.compile(r"papers/\d{2,3}-[a-z0-9-]{1,40}/page-\d{1,3}\.(?:jpg|png)")
_BEGINS: Mapping[str, bytes] = {"jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "pdf": b"%PDF-"}
_SEALABLE = (FormStage.SIGNED, FormStage.SUBMITTING)


@dataclass(frozen=True, slots=True)
class Submission:
    """A sealed package on its way to an office; `digest` is its SHA-256, `id` the beginning of it.

    The same case, occasion and key give the same package: handing in again after a lost receipt is recognised.
    """

    id: str
    office: OfficeId
    package: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a package says of itself, once everything in it has been checked.

    `handed_in_at`: ISO date-time of the booth, with its time zone. `papers_only`: there is no application; what they
    belong to is `service`, and `reference` as it stands on the office's letter.
    """

    form: FormId
    declaration_digest: str
    pages: int
    digest: str
    office: OfficeId
    service: ServiceId | None
    handed_in_at: str
    papers_only: bool = False
    reference: str = ""


def build(
    case: Case,
    spec: FormSpec,
    occasion: Occasion,
    *,
    vault: PageSource,
    strokes: bytes,
    seal_key: Ed25519PrivateKey,
) -> Submission:
    """Seal the signed form with its papers. `strokes` are the canonical strokes whose SHA-256 the case holds.
    Of papers without an application, which nobody signs, they are empty.

    Pass the time of signing as `occasion.at`, so that a second try gives the same package. Raises `LisaError` when the
    form is not signed or no longer what was signed, strokes or pages are not the ones meant, or it gets too large.
    """
    declaration = declaration_json(case, spec)
    if spec.signature:
        form = _signed_form(case, sha256(declaration), sha256(strokes))
        entries = _application(case, spec, occasion, declaration, vault, strokes)
    else:
        form = _checked_papers(case, sha256(declaration))
        entries = _papers_only(case, occasion, declaration, vault)
    manifest = canonical_json(
        {
            "version": VERSION,
            **({} if spec.signature else {_KIND: _PAPERS_KIND}),
            "formular": spec.id,
            "stelle": occasion.office,
            "leistung": occasion.service,
            "abgegeben": occasion.at.isoformat(),
            "erklaerung_sha256": form.declaration_digest,
            "unterschrift_sha256": form.signature_digest,
            "eintraege": [{"name": name, "sha256": sha256(data)} for name, data in entries.items()],
            "gesiegelt_von": seal_key.public_key().public_bytes_raw().hex(),
        }
    )
    package = pack({**entries, MANIFEST: manifest, SEAL: seal_key.sign(manifest)})
    digest = sha256(package)
    return Submission(digest[:32], occasion.office, package, digest)


def verify(package: bytes, public_key: Ed25519PublicKey) -> Verified:
    """Check a package from a booth whose key is known. Raises `LisaError` that names what does not hold.

    Each byte that differs is found: the archive must be exactly what its entries give, each entry must have the digest
    the manifest names, and the seal must fit the manifest.
    """
    entries = unpack(package)
    manifest = _sealed_manifest(entries, public_key)
    _expect(manifest.get("version") == VERSION, "unbekannte Fassung der Einreichung")
    listed = [{"name": name, "sha256": sha256(data)} for name, data in entries.items() if name not in (MANIFEST, SEAL)]
    _expect(manifest.get("eintraege") == listed, "die Einträge sind nicht die, die das Siegel nennt")
    for entry, data in entries.items():
        _expect(_is_as_named(entry, data), f"{entry} ist nicht, was der Name sagt")
    digest = str(manifest.get("erklaerung_sha256"))
    kind = manifest.get(_KIND)
    _expect(kind in (None, _PAPERS_KIND), "unbekannte Art der Einreichung")
    name = PAPERS if kind else FORM
    _expect(name in entries and sha256(entries[name]) == digest, "die Erklärung ist nicht die, die geprüft wurde")
    form = _object(entries[name], name)
    papers_only = form.get("formular") == PAPERS_ONLY.id
    _expect(papers_only is bool(kind), "die Art der Einreichung ist nicht die der Erklärung")
    if papers_only:
        _expect(not {FORM, SIGNATURE} & entries.keys(), "Unterlagen ohne Antrag enthalten einen Antrag")
    else:
        _check_signature(entries, digest, str(manifest.get("unterschrift_sha256")))
    service = manifest.get("leistung")
    return Verified(
        form=FormId(_text(form, "formular")),
        declaration_digest=digest,
        pages=_check_pages(form, entries),
        digest=sha256(package),
        office=OfficeId(_text(manifest, "stelle")),
        service=None if service is None else ServiceId(_text(manifest, "leistung")),
        handed_in_at=_moment(manifest).isoformat(),
        papers_only=papers_only,
        reference=_reference(form) if papers_only else "",
    )


def verify_by_itself(package: bytes) -> Verified:
    """Check a package by the key that it names itself: that it is whole, not who sealed it. Raises `LisaError`."""
    manifest = _object(unpack(package).get(MANIFEST, b""), MANIFEST)
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(_text(manifest, "gesiegelt_von")))
    except ValueError:
        raise LisaError("Die Einreichung wird nicht angenommen: der Schlüssel ihres Siegels ist unlesbar.") from None
    return verify(package, key)


# --- building -------------------------------------------------------------------------------------------------------


def _application(
    case: Case, spec: FormSpec, occasion: Occasion, declaration: bytes, vault: PageSource, strokes: bytes
) -> dict[str, bytes]:
    from lisa_core.papers.declaration import render_pdf  # sets type: most visits seal nothing

    return {
        FORM: declaration,
        PAPER_FORM: render_pdf(case, spec, occasion, strokes),
        **_page_entries(case, vault),
        SIGNATURE: _signature_json(sha256(declaration), strokes),
    }


def _papers_only(case: Case, occasion: Occasion, declaration: bytes, vault: PageSource) -> dict[str, bytes]:
    from lisa_core.papers.papers_only import render_cover_pdf

    return {PAPERS: declaration, PAPERS_SHEET: render_cover_pdf(case, occasion), **_page_entries(case, vault)}


def _checked_papers(case: Case, declaration: str) -> Form:
    form = case.form
    if form is None or form.stage not in (FormStage.CHECKED, FormStage.SUBMITTING):
        raise LisaError("Die Unterlagen sind noch nicht geprüft: sie lassen sich nicht einreichen.")
    if form.declaration_digest != declaration:
        raise LisaError("Die Unterlagen sind nicht mehr die, die geprüft wurden: bitte noch einmal zeigen.")
    return form


def _signed_form(case: Case, declaration: str, strokes: str) -> Form:
    form = case.form
    if form is None or form.stage not in _SEALABLE or not form.signature_digest:
        raise LisaError("Der Antrag ist nicht unterschrieben: er lässt sich nicht einreichen.")
    if form.declaration_digest != declaration:
        raise LisaError("Der Antrag ist nicht mehr der, der unterschrieben wurde: bitte neu prüfen und unterschreiben.")
    if form.signature_digest != strokes:
        raise LisaError(
            "Die Unterschrift ist nicht die, die zu diesem Antrag gehört: bitte noch einmal unterschreiben."
        )
    return form


def _page_entries(case: Case, vault: PageSource) -> dict[str, bytes]:
    entries: dict[str, bytes] = {}
    for number, paper in enumerate(declared_papers(case), start=1):
        for count, page in enumerate(paper.pages, start=1):
            data = vault.get(page.blob)
            if sha256(data) != page.digest:
                raise LisaError(f"„{paper.title}“, Seite {count}, wurde verändert: bitte neu erfassen.")
            ending = _ENDINGS.get(page.media_type)
            if ending is None:
                raise LisaError(f"„{paper.title}“, Seite {count}, ist weder JPEG noch PNG: bitte neu erfassen.")
            entries[f"papers/{number:02d}-{_slug(paper.title)}/page-{count}.{ending}"] = data
    return entries


def _signature_json(declaration_digest: str, strokes: bytes) -> bytes:
    """The strokes as text, untouched, beside the digest of what was signed with them."""
    try:
        text = strokes.decode("utf-8")
    except UnicodeDecodeError:
        raise LisaError("Die Unterschrift ist nicht lesbar: bitte noch einmal unterschreiben.") from None
    return canonical_json({"erklaerung_sha256": declaration_digest, "striche": text})


def _slug(title: str) -> str:
    """A name for a folder: small ASCII letters, digits and dashes."""
    plain = title.lower()
    for letter, spelled in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        plain = plain.replace(letter, spelled)
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "unterlage"


# --- checking -------------------------------------------------------------------------------------------------------


def _expect(holds: bool, what: str) -> None:
    if not holds:
        raise LisaError(f"Die Einreichung wird nicht angenommen: {what}.")


def _sealed_manifest(entries: Mapping[str, bytes], public_key: Ed25519PublicKey) -> JsonDict:
    _expect(MANIFEST in entries and SEAL in entries, "Manifest oder Siegel fehlt")
    try:
        public_key.verify(entries[SEAL], entries[MANIFEST])
    except InvalidSignature:
        raise LisaError("Die Einreichung wird nicht angenommen: das Siegel passt nicht zum Manifest.") from None
    return _object(entries[MANIFEST], MANIFEST)


def _check_signature(entries: Mapping[str, bytes], declaration: str, strokes: str) -> None:
    content = _object(entries.get(SIGNATURE, b""), SIGNATURE)
    _expect(content.get("erklaerung_sha256") == declaration, "die Unterschrift gilt einer anderen Erklärung")
    written = str(content.get("striche")).encode("utf-8", "replace")
    _expect(sha256(written) == strokes, "die Striche sind nicht die der Unterschrift")


def _is_as_named(name: str, data: bytes) -> bool:
    """Whether it is one of ours, and begins as its ending says; a page was looked at as a whole by its booth."""
    known = name in (MANIFEST, SEAL, FORM, PAPERS, SIGNATURE, PAPER_FORM, PAPERS_SHEET) or _PAGE.fullmatch(name)
    return bool(known) and data.startswith(_BEGINS.get(name.rpartition(".")[2], b""))


def _check_pages(form: JsonMap, entries: Mapping[str, bytes]) -> int:
    """The pages are those of the declaration, all of them, in order; their number."""
    papers = form.get("unterlagen")
    try:
        declared = [str(page) for paper in papers or () for page in paper["seiten"]]
    except (TypeError, KeyError):
        raise LisaError("Die Einreichung wird nicht angenommen: die Liste der Unterlagen ist unlesbar.") from None
    found = [sha256(data) for name, data in entries.items() if name.startswith("papers/")]
    _expect(found == declared, "die Seiten sind nicht die, die in der Erklärung stehen")
    return len(found)


def _reference(form: JsonMap) -> str:
    """What stands on the office's letter, or ""."""
    fields = form.get("felder")
    found = [field for field in fields if isinstance(field, dict)] if isinstance(fields, list) else []
    return next((_text(field, "wert") for field in found if field.get("id") == REFERENCE), "")


def _text(data: JsonMap, key: str) -> str:
    """A short text that can be written anywhere."""
    value = data.get(key)
    _expect(isinstance(value, str) and len(value) <= _LONGEST and value.isprintable(), f"„{key}“ ist unlesbar")
    return str(value)


def _moment(manifest: JsonMap) -> datetime:
    """When it was handed in: with a time zone, in a year in which there were booths."""
    try:
        moment = datetime.fromisoformat(_text(manifest, "abgegeben"))
        holds = moment.tzinfo is not None and _FIRST_YEAR <= moment.year <= _LAST_YEAR
    except ValueError:
        holds = False
    _expect(holds, "„abgegeben“ ist kein Zeitpunkt mit Zeitzone")
    return moment


def _object(data: bytes, name: str) -> JsonDict:
    try:
        value = json.loads(data, object_pairs_hook=each_once)
    except (ValueError, RecursionError):
        value = None
    _expect(isinstance(value, dict), f"{name} ist unlesbar")
    result: JsonDict = value
    return result
