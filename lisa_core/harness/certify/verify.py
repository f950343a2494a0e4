"""Whether a bundle is whole, who signed it, and whether its verdicts follow from its stream; its headline is apart.

The order is that of trust: first the archive to the last byte, then the digests, then the signature, and only what they
vouch for is read. Then every verdict is worked out anew, by the limits of whoever checks where he has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from lisa_core.domain.model.errors import OF_A_MESSAGE, LisaError
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.harness.certify import dsse
from lisa_core.harness.certify.bundle import MAX_BYTES, MOST_ENTRIES, drawn, from_nowhere
from lisa_core.harness.certify.classes import declared_in, sought_of
from lisa_core.harness.certify.comparison import House, asks_less, masked, ours_of, unofficial
from lisa_core.harness.certify.contents import (
    COUNTERSIGNATURE,
    DECLARATION,
    STREAM,
    Contents,
    contents_of,
    missing_in,
    place_in_order,
)
from lisa_core.harness.certify.fidelity import contradictions
from lisa_core.harness.certify.headline import Conclusion, concluded
from lisa_core.harness.certify.retrial import tried_again
from lisa_core.harness.certify.statement import SITTINGS, Declared, digest, statement_in, what_follows
from lisa_core.papers.stored_zip import ArchiveError, Flaw, unpacked

_ARCHIVE: Mapping[Flaw, str] = {
    Flaw.DAMAGED: "Das Prüfpaket ist beschädigt oder abgeschnitten: Das Archiv lässt sich nicht lesen.",
    Flaw.FOREIGN: "Das ist kein Prüfpaket von LISA: So schreibt sie kein Archiv.",
    Flaw.CHANGED: "Das Prüfpaket ist verändert: Das Archiv enthält mehr oder anderes als seine Einträge.",
}
_FOLLOWS: Mapping[str, str] = {
    "urteil": "das Gesamturteil",
    "klasse": "die Klasse",
    "lauf": "die Angaben zum Lauf",
    "szenarien": "die Urteile der Szenarien",
    "anforderungen": "die Urteile der Anforderungen",
    "geraete": "die Geräte",
    "merkmale": "die Texte der Szenarien",
    "antworten": "die Antworten der Prüferin",
}


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of it. Without `faults` the bundle is whole, and its verdicts follow from its stream.

    `unofficial`: what in it is not LISA's own, in sentences; `notes`: what could not be compared here. `conclusion`
    is None where the stream could not even be read.
    """

    keyid: str = ""
    faults: tuple[str, ...] = ()
    conclusion: Conclusion | None = None
    unofficial: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    predicate: JsonDict = field(default_factory=dict)
    identity: str = ""
    """SHA-256 of what the vendor has signed: the same with a countersignature and without."""
    countersignature: bytes = b""
    term: tuple[date, date] | None = None
    """Within which days something may be certified after its class."""
    contents: Contents | None = field(default=None, repr=False, compare=False)
    """What its entries say, once they could be read."""
    unpresented: tuple[str, ...] = ()
    """The identities of earlier bundles on which it leans and that were not presented: nothing more follows then."""
    leans: tuple[str, ...] = ()
    """On what it leans, in sentences."""
    whole: JsonDict = field(default_factory=dict)
    """What follows with that, in the words of `folgt`; empty where it leans on nothing."""

    @property
    def is_whole(self) -> bool:
        return not self.faults and self.conclusion is not None

    @property
    def headline(self) -> str:
        """The word, "" where nothing follows."""
        return self.conclusion.headline.value if self.is_whole and self.conclusion else ""


def verified(data: bytes, house: House) -> Verified:
    """What is to be said of these bytes. Raises `LisaError` for what is no bundle at all."""
    entries = _entries(data)
    try:
        signed = dsse.opened(entries[DECLARATION])
        statement = statement_in(signed.payload)
        key = dsse.key_of(statement["predicate"]["schluessel"])
    except ValueError as error:
        raise LisaError(f"{DECLARATION}: Das ist keine Unterschrift unter einem Prüfpaket: {error}.") from None
    predicate: JsonDict = statement["predicate"]
    bare = Verified(signed.keyid, predicate=predicate, identity=digest(signed.payload))
    if not signed.is_signed_by(key):
        return replace(bare, faults=("Die Unterschrift passt nicht zur Erklärung oder nicht zum Schlüssel.",))
    if faults := [*_entries_differ(entries, statement)]:
        return replace(bare, faults=tuple(faults))
    try:
        with from_nowhere(entries[STREAM]):
            return _tried(bare, entries, house)
    except OF_A_MESSAGE:  # signed, and still no stream of ours: what it is made of says nothing to our rules
        return replace(
            bare, faults=(f"{STREAM}: Der Strom widerspricht sich so, dass er sich nicht nachrechnen lässt.",)
        )


def _tried(bare: Verified, entries: Mapping[str, bytes], house: House) -> Verified:
    """What follows from entries that are those that were signed."""
    try:
        contents = contents_of(entries)
    except LisaError as error:
        return replace(bare, faults=(str(error),))
    trial = _Trial(entries, contents, bare.predicate, house)
    return replace(
        bare,
        faults=tuple(dict.fromkeys(trial.faults())),
        conclusion=trial.conclusion,
        unofficial=tuple(dict.fromkeys(unofficial(contents, house))),
        notes=tuple(trial.notes()),
        countersignature=trial.entries.get(COUNTERSIGNATURE, b""),
        term=trial.sought.term if trial.sought else None,
        contents=contents,
    )


def redrawn(data: bytes, house: House) -> dict[str, bytes]:
    """Page and paper of a bundle that is whole, drawn anew by this version from its stream."""
    entries = _entries(data)
    predicate = statement_in(dsse.opened(entries[DECLARATION]).payload)["predicate"]
    with from_nowhere(entries[STREAM]):
        return _Trial(entries, contents_of(entries), predicate, house).papers()


class _Trial:
    """One bundle whose bytes are those that were signed, against what whoever checks has himself."""

    def __init__(self, entries: Mapping[str, bytes], contents: Contents, predicate: JsonDict, house: House) -> None:
        self.entries, self._contents, self._house = entries, contents, house
        self._stated: JsonDict = predicate["folgt"]
        name = self._stated["klasse"]
        wanted = house.classes.get(name) or contents.classes.get(name)
        self.sought = sought_of(wanted) if wanted else None
        self._declared = Declared(**predicate["erklaert"])
        self._retrial = tried_again(contents.run, contents.asked)
        self._expected = contents.expected(self._retrial.scenarios).faults
        sought = declared_in(self.sought, contents.profile)
        self.conclusion = concluded(contents.run, self._retrial.requirements, sought, self._expected)

    @property
    def _is_drawn_here(self) -> bool:
        """Whether page and paper would be the same bytes if they were drawn on this machine."""
        ours, theirs = self._house.here, self._declared
        return (ours.program, ours.drawn_with) == (theirs.program, theirs.drawn_with)

    def faults(self) -> Iterator[str]:
        run = self._contents.run
        if (name := self._stated["klasse"]) and name not in self._contents.classes:
            yield f"Die Klasse „{name[:60]}“ liegt nicht im Paket: Ob sie erfüllt ist, lässt sich nicht sagen."
        yield from contradictions(self._contents.told, run)
        yield from self._retrial.faults
        yield from masked(self._contents)
        yield from self._by_our_limits()
        told = {one.scenario for one in run.past.known}
        if self._contents.known and told != {one.scenario for one in self._expected}:
            yield "Welche Fehler vorher bekannt waren, steht im Strom anders, als es aus bekannt/ folgt."
        follows = what_follows(run, self._retrial, self.conclusion, self.sought)
        for key in sorted(follows.keys() | self._stated.keys()):
            if follows.get(key) != self._stated.get(key):
                yield f"In der Erklärung folgt {_FOLLOWS.get(key, key)} nicht aus dem Strom."
        if self._is_drawn_here:
            yield from self._misdrawn()

    def notes(self) -> Iterator[str]:
        ours, theirs = self._house.here, self._declared
        if times := dict(self._contents.run.environment).get(SITTINGS, ""):
            yield f"Der Lauf hatte mehrere Sitzungen: {times[:40]} fortgesetzt."
        yield from self._contents.of_known(self._retrial.scenarios)
        if theirs.version != ours.version:
            yield f"Das Paket ist mit LISA {theirs.version} gemacht, geprüft ist es mit {ours.version}."
        elif theirs.program != ours.program:
            yield "Das Programm, mit dem das Paket gemacht ist, hat dieselbe Version und ist doch ein anderes als hier."
        if not self._is_drawn_here:
            yield "Bericht und PDF sind hier nicht nachgezeichnet; es gilt der Strom (neu zeichnen: --report ORDNER)."

    def papers(self) -> dict[str, bytes]:
        """What is drawn of the stream."""
        stream = digest(self.entries[STREAM])
        return drawn(self._contents, self._retrial, self.conclusion, self.sought, stream)

    def _misdrawn(self) -> Iterator[str]:
        for name, data in self.papers().items():
            if self.entries[name] != data:
                yield f"{name} sagt etwas anderes als der Strom."

    def _by_our_limits(self) -> Iterator[str]:
        """The same trial where one of our requirements asks for more, or for something else."""
        asked, ours = self._contents.asked, ours_of(self._contents, self._house)
        named = {one.id for one in self._retrial.requirements}
        other = {name: ours[name] for name in sorted(named & ours.keys()) if asked[name].differs(ours[name])}
        for name, one in other.items():
            if less := asks_less(asked[name], one):
                yield f"Die Anforderung {name} verlangt im Paket weniger als hier: {less}."
        if other:
            retrial = tried_again(self._contents.run, {**asked, **other})
            where = ", ".join(f"{name} in {one.path.name}:{one.line}" for name, one in other.items())
            yield from (f"Nach den Anforderungen von hier ({where}): {fault}" for fault in retrial.faults)


def _entries(data: bytes) -> dict[str, bytes]:
    if len(data) > MAX_BYTES:
        raise LisaError(f"Das ist zu groß für ein Prüfpaket ({len(data) >> 20} MiB, erlaubt sind {MAX_BYTES >> 20}).")
    try:
        entries = unpacked(data, MOST_ENTRIES)
    except ArchiveError as error:
        raise LisaError(_ARCHIVE[error.flaw]) from None
    places = [place_in_order(name) for name in entries]
    if strange := [name for number, name in places if number < 0]:
        raise LisaError(f"Das ist kein Prüfpaket von LISA: „{strange[0][:80]}“ gehört nicht hinein.")
    if missing := missing_in(entries):
        raise LisaError(f"Dem Prüfpaket fehlt {', '.join(missing)}.")
    if places != sorted(places):
        raise LisaError("Das Prüfpaket ist verändert: Seine Einträge stehen in anderer Reihenfolge.")
    return entries


def _entries_differ(entries: Mapping[str, bytes], statement: JsonDict) -> Iterator[str]:
    """What was removed, added or changed since it was signed."""
    there = {name: digest(data) for name, data in entries.items() if name not in (DECLARATION, COUNTERSIGNATURE)}
    declared = {one["name"]: one["digest"]["sha256"] for one in statement["subject"]}
    yield from (f"{name} fehlt; unterschrieben ist es." for name in declared if name not in there)
    yield from (f"{name} ist dazugekommen; unterschrieben ist es nicht." for name in there if name not in declared)
    yield from (
        f"{name} ist verändert: Es hat nicht die Prüfsumme, die unterschrieben ist."
        for name in declared
        if name in there and declared[name] != there[name]
    )
