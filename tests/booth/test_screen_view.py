"""What she reads, and which of her touches count: the view as a value, without a browser."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from lisa_core.booth.case.told import told_after
from lisa_core.booth.screen import texts
from lisa_core.booth.screen.shown import Shown
from lisa_core.booth.screen.touch import meaning_of
from lisa_core.domain.case.forms import as_written
from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.directory import FieldKind
from lisa_core.domain.model.screen import Button, ButtonPlace, FieldState, ScreenScene, ScreenView, Touch
from lisa_core.domain.visit.states import Idle
from tests.browser.scenes import (
    CHECKING,
    DONE,
    JAMMED,
    OPENED,
    PAPER,
    PAPERS,
    SCENES,
    SHEETS,
    SIGNED,
    SIGNING,
    TALK,
    case_after,
    filled,
    look,
)

DEAF_MS = 500


class Wall:
    """A screen that is only looked at."""

    def __init__(self) -> None:
        self.views: list[ScreenView] = []
        self.pages: dict[str, bytes] = {}

    async def show(self, view: ScreenView) -> None:
        self.views.append(view)

    async def show_face(self, jpeg: bytes) -> None:
        """Nobody speaks."""

    async def touches(self) -> AsyncIterator[Touch]:
        return
        yield

    async def show_page(self, digest: str, jpeg: bytes) -> None:
        self.pages[digest] = jpeg


def ids(view: ScreenView, place: ButtonPlace) -> list[str]:
    return [button.id.partition(":")[0] for button in view.buttons if button.place is place]


def test_a_touch_counts_half_a_second_after_what_can_be_touched_has_changed() -> None:
    async def run() -> None:
        shown = Shown(Wall())
        yes, off = Button("feld:name:1", "Stimmt so"), Button("kamera:aus", "Kamera aus", place=ButtonPlace.ALWAYS)
        view = ScreenView(ScreenScene.TALK, "Sie sprechen", buttons=(yes, off), deaf_ms=DEAF_MS)
        await shown.show(view, 0, dict[str, bytes]().__getitem__)
        assert not shown.counts(off.id, 499_000)
        assert shown.counts(off.id, 500_000)
        await shown.show(replace(view, notice="Papierstau"), 600_000, dict[str, bytes]().__getitem__)
        assert shown.counts(off.id, 600_000), "another notice moves no button"
        await shown.show(replace(view, buttons=(off,)), 700_000, dict[str, bytes]().__getitem__)
        assert not shown.counts(off.id, 1_100_000), "the finger was on its way to the other one"
        assert not shown.counts(yes.id, 2_000_000), "gone"
        assert shown.counts(off.id, 1_200_000)

    asyncio.run(run())


def test_the_declaration_is_hers_to_confirm_only_when_its_end_was_in_sight() -> None:
    unread, read = SCENES["pruefen"], SCENES["pruefen-gelesen"]
    yes, on, _ = (button for button in unread.buttons if button.place is ButtonPlace.ANSWER)
    assert (yes.active, on.id.partition(":")[0]) == (False, "gelesen")
    assert ids(read, ButtonPlace.ANSWER) == ["erklaerung", "aendern"]
    other = look(TALK, filled(case_after(ops.ReopenForm(), begin=CHECKING), {"vorname": "Ella"}))
    assert other.declaration is False
    changed = case_after(
        ops.AskCheck(), begin=filled(case_after(ops.ReopenForm(), begin=CHECKING), {"vorname": "Ella"})
    )
    assert ids(look(TALK, changed, read=on.id.partition(":")[2]), ButtonPlace.ANSWER)[1] == "gelesen", (
        "another declaration"
    )

    async def run() -> None:
        shown = Shown(Wall())
        await shown.show(unread, 0, lambda digest: b"")
        assert not shown.counts(yes.id, 9_000_000)
        assert shown.counts(on.id, 0), "no finger: it counts at once"

    asyncio.run(run())


def test_before_a_paper_is_destroyed_she_is_asked_and_nothing_else_can_be_answered() -> None:
    view = SCENES["nachfrage-loeschen"]
    assert view.question is not None
    assert "Mietvertrag" in view.question.title
    assert ids(view, ButtonPlace.QUESTION) == ["behalten", "vernichten"]
    assert {button.place for button in view.buttons} == {ButtonPlace.QUESTION, ButtonPlace.ALWAYS}
    gone = case_after(ops.DiscardPaper(PAPER), begin=PAPERS)
    assert look(TALK, gone, asking=PAPER).question is None
    assert look(TALK, gone).papers[0].label == "Aufnahme gelöscht"
    assert meaning_of(f"vernichten:{PAPER}") == ops.DiscardPaper(PAPER)
    assert not isinstance(meaning_of(f"verwerfen:{PAPER}"), ops.DiscardPaper)


def test_no_button_that_destroys_or_hides_stands_among_the_answers() -> None:
    for name, view in SCENES.items():
        kinds = set(ids(view, ButtonPlace.ANSWER))
        assert not kinds & {"verwerfen", "vernichten", "kamera", "neu_unterschreiben", "zeigen"}, name


@pytest.mark.parametrize(
    ("kind", "typed", "written"),
    [
        (FieldKind.MONEY, "980", "980,00 €"),
        (FieldKind.MONEY, "1020,5", "1020,5"),
        (FieldKind.MONEY, "1020,50€", "1.020,50 €"),
        (FieldKind.MONEY, "1.020,00", "1.020,00 €"),
        (FieldKind.IBAN, "de02120300000000202051", "DE02 1203 0000 0000 2020 51"),
        (FieldKind.DATE, "12.08.1949", "12.08.1949"),
    ],
)
def test_numbers_are_shown_as_people_write_them(kind: FieldKind, typed: str, written: str) -> None:
    assert as_written(kind, typed) == written


def test_an_answer_that_cannot_be_stands_at_its_field_and_is_not_asked_about() -> None:
    rows = {row.id: row for row in SCENES["falsche-angabe"].rows}
    assert rows["geburtsdatum"].state is FieldState.WRONG
    assert "Kalender" in rows["geburtsdatum"].error
    assert SCENES["falsche-angabe"].focus == ""
    assert SCENES["falsche-angabe"].notice == ""
    assert SCENES["angabe"].focus == "gesamtmiete", "what is right is asked about all the same"
    assert rows["heizkosten"].state is FieldState.FREE
    assert rows["heizkosten"].label.endswith(" (freiwillig)")


def test_what_went_wrong_is_told_in_words_for_her() -> None:
    jam = SCENES["stau"]
    assert jam.notice.startswith("Papierstau: Seite 1 von „Verdienstbescheinigung“")
    assert "scannen" not in jam.notice, "only the agent scans"
    assert "schon aufgenommen" not in texts.stopped("scanner.jam", "Bescheid", 0)
    assert texts.stopped("scanner.jam", "Bescheid", 1).endswith(" Seite 1 ist schon aufgenommen."), "not fed twice"
    assert texts.stopped("scanner.empty", "Bescheid", 3).endswith(" Die Seiten 1 bis 3 sind schon aufgenommen.")
    assert jam.papers[1].label == "angehalten"
    assert JAMMED.notice != jam.notice
    failed = ops.SignatureFailed("pad.lost")
    assert told_after(failed, SIGNING, case_after(failed, begin=SIGNING), "") == texts.NOT_SIGNED
    late = ops.DeliveryFailed("link")
    sent = case_after(ops.HandIn(), begin=SIGNED)
    assert told_after(late, sent, case_after(late, begin=sent), "") == texts.NOT_DELIVERED
    scan = ops.ScanPapers("Ausweis")
    assert told_after(scan, SIGNED, case_after(scan, begin=SIGNED), "") == texts.CHANGED_SIGNED
    check = ops.AskCheck()
    assert case_after(check, begin=OPENED).notice, "the agent is told what is open"
    assert told_after(check, OPENED, case_after(check, begin=OPENED), "") == ""


def test_she_is_told_what_is_missing_and_where_her_copy_is() -> None:
    for name in ("abgegeben", "abschied"):
        assert SCENES[name].missing == ("Verdienstbescheinigung",)
        receipt = SCENES[name].receipt
        assert receipt is not None
        assert receipt.copy == texts.COPY_LIES
    assert DONE.form is not None


def test_she_is_asked_to_sign_when_the_pad_is_ready_and_told_that_nothing_is_to_be_pressed_at_the_end() -> None:
    assert SCENES["unterschreiben"].text == texts.PEN_AWAY
    assert SCENES["unterschreiben"].signing
    assert SCENES["unterschreiben"].hint == texts.SIGN_NOW
    assert not SCENES["pad-vorbereiten"].signing, "a pad that is not ready yet would lose what she writes"
    assert SCENES["pad-vorbereiten"].hint == texts.PAD_NOT_READY
    assert SCENES["unterschrieben"].text == ""


def test_nothing_is_promised_that_is_not_so() -> None:
    assert "sofort" in SCENES["frei"].text
    assert "sofort" not in SCENES["frei-niemand-da"].text
    assert "sofort" not in look(Idle(), present=False).text, "nobody has said"
    assert "Alle sprechen" not in SCENES["warten-niemand-da"].text
    assert "oder haben noch zu tun" in SCENES["warten"].text, "who has just declined does not speak"
    assert "seit 3 Minuten" in SCENES["warten"].waited
    assert "nicht zu erreichen" in SCENES["zurueck"].text
    assert "nicht zu erreichen" not in SCENES["zurueck-klingelt"].text
    site = SCENES["frei"].site
    assert site is not None
    assert (site.name, site.landkreis) == ("Bürgerbüro Templin", "Landkreis Uckermark")
    assert site.hours == ("Mo 8:30–16 Uhr", "Di 8:30–17 Uhr", "Mi, Do 8:30–16 Uhr nur mit Termin", "Fr 8:30–12 Uhr")
    assert "Grundsicherung im Alter" in site.services


def test_her_pages_are_given_to_a_screen_that_can_show_them_and_only_once() -> None:
    async def run() -> None:
        wall = Wall()
        shown = Shown(wall)
        asked: list[str] = []

        def picture(digest: str) -> bytes:
            asked.append(digest)
            return digest.encode()

        await shown.show(SCENES["unterlagen"], 0, picture)
        await shown.show(SCENES["kollegin"], 1, picture)
        assert sorted(asked) == sorted(SHEETS)
        assert wall.pages.keys() == SHEETS.keys()

    asyncio.run(run())
