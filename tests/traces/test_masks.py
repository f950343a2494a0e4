"""Nothing personal gets into a recording: what is written of two people differs in nothing but times and lengths."""

from __future__ import annotations

import asyncio
import base64
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from emulator.paper.paper import pages_of
from lisa_core.domain.model.readings import ScanSettings
from lisa_core.equipment.codecs.ipp.message import Group, Message, write_message
from lisa_core.equipment.codecs.ipp.values import Attribute, Tag, Value
from lisa_core.equipment.codecs.ipp.words import GroupTag
from lisa_core.equipment.codecs.stu import reports as stu
from lisa_core.equipment.codecs.stu.framing import Deframer
from lisa_core.equipment.codecs.stu.table import decode
from lisa_core.equipment.lines.tapped.request import HttpQuestion
from lisa_core.equipment.traces.entries import Content, EntryKind, PictureShape, Plain, bytes_in
from lisa_core.equipment.traces.exercise import TEST_PAGE
from lisa_core.equipment.traces.masks.choice import mask_for
from lisa_core.equipment.traces.masks.names import Names
from lisa_core.equipment.traces.masks.printing import JobMask
from lisa_core.equipment.traces.reading import read_trace
from tests.traces.stories import STORIES, Act, Told, recorded

PEOPLE = ("Erika Muster", "Annegret Beispielmann")
PLACES = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|127\.0\.0\.1:\d+|3132372e302e302e313a3[0-9a-f]{8,10}")
"""What is drawn anew in each recording: numbers of jobs, ports."""


def printing(person: str) -> Any:
    async def tell(printer: Any, act: Act) -> Told:
        await printer.check()
        filled = TEST_PAGE.replace(b"Testseite", person.encode()) + b"%" + person.encode() * 9 + b"\n%%EOF\n"
        await printer.hand_out(filled, f"Antrag {person}")
        return []

    return tell


def signing(strokes: str) -> Any:
    async def tell(pad: Any, act: Act) -> Told:
        seen: Told = []

        async def person() -> None:
            await pad.armed.wait()
            await act("sign", recording=strokes)

        signs = asyncio.create_task(person())
        async for sample in pad.capture():
            seen.append((sample.x, sample.y))
            if len(seen) > 30 and not sample.near:
                break
        await signs
        return seen

    return tell


def scanning(document: str) -> Any:
    async def tell(scanner: Any, act: Act) -> Told:
        await act("feed", pages=pages_of(document)[:1])
        return [page.data async for page in scanner.scan(ScanSettings(resolution_dpi=75))]

    return tell


def holding(card: str) -> Any:
    async def tell(reader: Any, act: Act) -> Told:
        cards = reader.cards()
        await anext(cards)
        await act("lay_card", card=card)
        return [await anext(cards)]

    return tell


@pytest.mark.parametrize("name", ["printer", "printer by IPP"])
def test_documents_and_names_of_two_people_are_the_same(name: str) -> None:
    first, second = (made(name, printing(person))[1] for person in PEOPLE)
    kept = [{repr(line) for line in without_lengths(text) if line.keys() > {"k"}} for text in (first, second)]
    assert kept[0] == kept[1]
    for text in (first, second):
        assert not found_in(text, *PEOPLE, "Antrag", "Testseite")


def test_pages_are_described_and_drawn_anew(tmp_path: Path) -> None:
    pages: list[bytes] = []
    told = []
    for document in ("personalausweis", "verdienstbescheinigung"):
        delivered, text = made("scanner", scanning(document))
        told.append(without_lengths(text))
        pages += [page for page in delivered if isinstance(page, bytes)]
    assert told[0] == told[1]
    assert pages[0] != pages[1]
    path = tmp_path / "scanner.trace"
    path.write_text(text, encoding="utf-8")
    kept = [part for entry in read_trace(path).entries for part in entry.content if isinstance(part, PictureShape)]
    assert [(one.width, one.height, one.media_type, one.whole) for one in kept] == [(620, 877, "image/jpeg", True)]


@pytest.mark.parametrize("name", ["pad", "pad on USB"])
def test_strokes_are_of_nobody(name: str, tmp_path: Path) -> None:
    kept = []
    for strokes in ("musterfrau", "kreuz"):
        written, text = made(name, signing(strokes))
        path = tmp_path / f"{strokes}.trace"
        path.write_text(text, encoding="utf-8")
        points = points_in(path)
        assert len(points) > 30
        assert not set(points[:30]) & {point for point in written if point != (0, 0)}
        kept.append(points)
    shorter = min(map(len, kept))
    assert kept[0][:shorter] == kept[1][:shorter], "the line is the same, whoever wrote"


def points_in(path: Path) -> list[tuple[int, int]]:
    found = []
    for entry in read_trace(path).entries:
        data = bytes_in(entry.content) if entry.kind is EntryKind.CAME else None
        frames = [one for one in Deframer(None).feed(data or b"") if isinstance(one, bytes)] or [data or b"\0"]
        report = decode(frames[0])
        if isinstance(report, stu.PenData | stu.PenDataTimeCountSequence):
            found.append((report.x, report.y))
    return found


def test_a_card_becomes_another_of_its_kind() -> None:
    (chip, text), (storage, other) = (made("cards", holding(card)) for card in ("ausweis", "speicherkarte"))
    assert chip != storage
    answers = [json.loads(line) for line in (*text.splitlines(), *other.splitlines()) if '"k":"<"' in line]
    kept = {one["hex"] for one in answers if one.get("hex", "0000") != "0000"}
    assert kept == {"00063b8180018080", "0014" + STORAGE_CARD}


STORAGE_CARD = "3b8f8001804f0ca0000003060000000000000068"


def test_what_nobody_has_thought_of_is_left_out() -> None:
    for slot, driver in (("signature_pad", "acme"), ("scanner", "acme"), ("card_reader", "acme"), ("printer", "acme")):
        mask = mask_for([slot], driver)
        assert {bytes_in(content) for content in (*mask.sent(b"Erika"), *mask.came(b"Muster"))} == {None}
    assert bytes_in(mask_for(["presence"], "acme").came(b"here")[0]) == b"here"


def test_where_somebodys_document_lies_is_not_kept() -> None:
    mask = mask_for({"printer": {}}, "ipp")
    kept = "ipp://192.0.2.7/ipp/print"

    def asked(place: str) -> Content:
        named = {"printer-uri": kept, "document-uri": place, "notify-recipient-uri": f"mailto:{place}"}
        attributes = tuple(Attribute(name, (Value(Tag.URI, text),)) for name, text in named.items())
        body = write_message(Message(3, 1, (Group(GroupTag.OPERATION, attributes),)))
        return mask.asked(HttpQuestion("POST", "/ipp/print", body, "application/ipp"))

    first, second = asked("http://192.0.2.9/Antrag-Erika-Muster.pdf"), asked("file:///home/jutta")
    assert first == second
    assert [isinstance(part, Plain) and kept.encode() in part.data for part in first] == [True]


def test_a_printer_that_repeats_a_name_is_not_repeated() -> None:
    mask = JobMask()
    mask.sent(b'\x1b%-12345X@PJL JOB NAME = "Antrag Erika Muster"\r\n@PJL ENTER LANGUAGE = PDF\r\n%PDF-1.4 ...')
    said = (
        b'@PJL USTATUS DEVICE\r\nCODE=10023\r\nDISPLAY="DRUCKT ERIKA MUS"\r\n\f@PJL USTATUS JOB\r\nNAME="Antrag Erika',
        b' Muster"\r\n',
    )
    contents = [content for piece in said for content in mask.came(piece)]
    kept = b"".join(bytes_in(content) or b"" for content in (*contents, *mask.rest()))
    device = b'@PJL USTATUS DEVICE\r\nCODE=10023\r\nDISPLAY="DRUCKT xxxxx xxx"\r\n\f'
    assert kept == device + b'@PJL USTATUS JOB\r\nNAME="xxxxxxxx"\r\n'
    names = Names()
    assert names.learn("Erika") == names.learn("Annegret Beispielmann")
    assert names.over("Erikas Antrag, Beispielm") == "xxxxxx Antrag, xxxxxxxxx"


def made(name: str, tell: Any) -> tuple[Told, str]:
    return asyncio.run(asyncio.wait_for(recorded(replace(STORIES[name], tell=tell)), 60))


def without_lengths(text: str) -> Sequence[Mapping[str, Any]]:
    """The lines without times, without the sizes of what was left out, and without the polls between."""
    lines = [json.loads(PLACES.sub("", line)) for line in text.splitlines()[1:]]
    kept = [{key: value for key, value in line.items() if key not in ("t", "blank", "n", "count")} for line in lines]
    for line in kept:
        for part in (line, *line.get("parts", ())):
            part.pop("blank", None)
            part.get("picture", {}).pop("size", None)
    return kept


def found_in(text: str, *words: str) -> list[str]:
    """The words, in every form in which somebody could read them out of a text."""
    everything = text.lower()
    forms = {
        form.lower()
        for word in words
        for data in (word.encode(), word.upper().encode(), word.encode("utf-16-le"), word.encode("utf-16-be"))
        for form in (data.decode("latin-1"), data.hex(), base64.b64encode(data).decode()[:-4])
    }
    return [form for form in forms if form in everything]
