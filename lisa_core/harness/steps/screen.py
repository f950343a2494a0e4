"""Steps of the citizen's screen in particular: what stands where, what may be touched, and what she is told."""

from __future__ import annotations

from pytest_bdd import then, when

from lisa_core.booth.screen import texts
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.screen import READ_TO_THE_END, Button, FieldRow, FieldState, PaperRow, ScreenScene
from lisa_core.harness.rig.screen_history import WatchedScreen
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.form import field_id
from lisa_core.harness.steps.grounds import in_an_empty_booth
from lisa_core.harness.text.words import step

TITLE = "Bildschirm der Bürgerin"

# --- Wenn -----------------------------------------------------------------------------------------------------------


@when(step("{wer:Bürgerin} {taste:Taste} berührt, ohne die Nachfrage zu beantworten"))
async def citizen_touches_only(scene: Scene, wer: str, taste: str) -> None:
    """Wenn die Bürgerin „Mietvertrag verwerfen“ berührt, ohne die Nachfrage zu beantworten"""
    rig = await scene.rig()
    button = await the_button(rig.screen, taste)
    await (await scene.actor()).touch(button.id)


@when(step("{wer:Bürgerin} die Erklärung bis zum Ende liest"))
async def citizen_reads_on(scene: Scene, wer: str) -> None:
    """Wenn die Bürgerin die Erklärung bis zum Ende liest"""
    rig = await scene.rig()
    if not rig.screen.view.declaration:
        raise HarnessError("Der Bildschirm zeigt keine Erklärung. Vorher muss sie jemand zum Prüfen vorlegen.")
    await (await scene.actor()).touch(READ_TO_THE_END)


@when(step("{wer:Mitarbeiterin} bei {feld:Text} {wert:Text} einträgt"))
async def agent_types(scene: Scene, wer: str, feld: str, wert: str) -> None:
    """Wenn Frau Vogt bei „Geburtsdatum“ „32.13.1949“ einträgt"""
    desk = await scene.desk(wer)
    desk.set_field(field_id(desk, feld), wert)
    await (await scene.rig()).screen.until(lambda s: _row(s, feld).value != "", f"„{wert}“ bei „{feld}“")


# --- Dann -----------------------------------------------------------------------------------------------------------


@then(step("fragt der Bildschirm nach, ob die Aufnahme {was:Text} gelöscht werden soll"))
async def screen_asks_back(scene: Scene, was: str) -> None:
    """Dann fragt der Bildschirm nach, ob die Aufnahme „Mietvertrag“ gelöscht werden soll"""
    rig = await scene.rig()
    view = await rig.screen.until(lambda s: s.view if s.view.question else None, "die Nachfrage")
    assert view.question is not None
    assert was in view.question.title, f"Gefragt wird: {view.question.title}"
    assert _paper(rig.screen, was).pages > 0, f"Die Aufnahme „{was}“ ist schon gelöscht."


@then(step("ist die Aufnahme {was:Text} noch da"))
async def paper_is_kept(scene: Scene, was: str) -> None:
    """Dann ist die Aufnahme „Mietvertrag“ noch da"""
    rig = await scene.rig()
    await rig.screen.until(lambda s: s.view.question is None, "das Ende der Nachfrage")
    assert _paper(rig.screen, was).pages > 0, f"Die Aufnahme „{was}“ ist gelöscht."


@then(step("lässt sich {taste:Taste} noch nicht berühren"))
async def button_is_not_hers_yet(scene: Scene, taste: str) -> None:
    """Dann lässt sich „Alles richtig“ noch nicht berühren"""
    rig = await scene.rig()
    button = await the_button(rig.screen, taste)
    assert not button.active, f"„{taste}“ lässt sich schon berühren."


@then(step("lässt sich {taste:Taste} berühren"))
async def button_is_hers(scene: Scene, taste: str) -> None:
    """Dann lässt sich „Alles richtig“ berühren"""
    rig = await scene.rig()
    await the_button(rig.screen, taste, active=True)


@then(step("sieht {wer:Bürgerin} {was:Unterlage} mit {seiten:Seiten} auf dem Bildschirm"))
async def citizen_sees_pages(scene: Scene, wer: str, was: str, seiten: int) -> None:
    """Dann sieht die Bürgerin ihren Mietvertrag mit 3 Seiten auf dem Bildschirm"""
    rig = await scene.rig()
    await rig.screen.until(lambda s: _pictures(s, was), f"Seiten: {was}")
    shown = _pictures(rig.screen, was)
    assert len(shown) == seiten, f"{was}: zu sehen sind {len(shown)} Seiten, erwartet {seiten}"
    for number, digest in enumerate(shown, start=1):
        assert rig.screen.pages.get(digest), f"{was}: von Seite {number} hat der Bildschirm kein Bild."
        scene.show("scan", "image/jpeg", rig.screen.pages[digest], f"{was}, Seite {number}, wie die Bürgerin sie sieht")


@then(step("steht bei {feld:Text} auf dem Bildschirm {wert:Text}"))
async def field_reads(scene: Scene, feld: str, wert: str) -> None:
    """Dann steht bei „Gesamtmiete monatlich“ auf dem Bildschirm „412,50 €“"""
    rig = await scene.rig()
    shown = _row(rig.screen, feld).value
    assert shown == wert, f"Bei „{feld}“ steht „{shown}“."


@then(step("ist {feld:Text} auf dem Bildschirm als freiwillig gekennzeichnet"))
async def field_is_voluntary(scene: Scene, feld: str) -> None:
    """Dann ist „davon Heizkosten monatlich“ auf dem Bildschirm als freiwillig gekennzeichnet"""
    row = _row((await scene.rig()).screen, feld)
    assert "freiwillig" in row.label, f"Dort steht: {row.label}"
    assert row.state is not FieldState.EMPTY, f"„{feld}“ gilt als noch offen."


@then(step("steht der Fehler am Feld {feld:Text}, und der Bildschirm fragt nicht danach"))
async def fault_stands_at_the_field(scene: Scene, feld: str) -> None:
    """Dann steht der Fehler am Feld „Geburtsdatum“, und der Bildschirm fragt nicht danach"""
    screen = (await scene.rig()).screen
    row = _row(screen, feld)
    assert row.state is FieldState.WRONG, f"„{feld}“ steht auf „{row.state.value}“."
    assert row.error, f"Bei „{feld}“ steht kein Fehler."
    assert screen.view.focus != row.id, f"Nach „{feld}“ wird gefragt."
    assert not any(button.id.startswith(f"feld:{row.id}:") for button in screen.view.buttons)


@then(step("hat der Bildschirm groß um die Unterschrift gebeten"))
async def screen_asked_to_sign(scene: Scene) -> None:
    """Dann hat der Bildschirm groß um die Unterschrift gebeten"""
    views = scene.views()
    if not any(view.signature_svg for view in views):
        raise HarnessError("In diesem Besuch hat niemand unterschrieben.")
    assert any(view.signing for view in views), "Zu sehen war nur ein Hinweis."


@then(step("nennt der Bildschirm die fehlende Unterlage {was:Text}"))
async def screen_names_missing(scene: Scene, was: str) -> None:
    """Dann nennt der Bildschirm die fehlende Unterlage „Verdienstbescheinigung“"""
    rig = await scene.rig()
    if rig.booth.case.form is None:
        raise HarnessError("Es ist kein Antrag offen, zu dem eine Unterlage fehlen könnte.")
    assert was in rig.screen.view.missing, f"Als fehlend genannt: {', '.join(rig.screen.view.missing) or 'nichts'}"


@then(step("sagt der Bildschirm, dass die Kopie im Drucker liegt"))
async def screen_says_where_the_copy_is(scene: Scene) -> None:
    """Dann sagt der Bildschirm, dass die Kopie im Drucker liegt"""
    rig = await scene.rig()
    said = await rig.screen.until(_copy_told, "wo die Kopie liegt")
    assert "im Drucker" in said, f"Auf dem Bildschirm steht: {said}"


@then(step("nennt der freie Bildschirm Ort, Landkreis, Öffnungszeiten und Leistungen"))
@in_an_empty_booth
async def free_screen_names_the_place(scene: Scene) -> None:
    """Dann nennt der freie Bildschirm Ort, Landkreis, Öffnungszeiten und Leistungen"""
    rig = await scene.rig()
    view = await rig.screen.until(
        lambda s: s.view if s.view.scene is ScreenScene.FREE else None, "das freie Bürgerbüro"
    )
    assert view.site is not None, "Der freie Bildschirm nennt nichts davon."
    card = {"Ort": view.site.name, "Landkreis": view.site.landkreis}
    more = {"Öffnungszeiten": view.site.hours, "Leistungen": view.site.services}
    lacking = [what for what, said in {**card, **more}.items() if not said]
    assert not lacking, f"Es fehlt: {', '.join(lacking)}"


# --- small things -----------------------------------------------------------------------------------------------------

_ARTICLES = frozenset({"der", "die", "das", "dem", "den"})


async def the_button(screen: WatchedScreen, label: str, *, active: bool = False) -> Button:
    """The button with this label, as soon as there is one, which can be touched if it must be `active`.

    An article more or less ("auch der Wohngeldstelle zeigen") makes no other one. Raises `AssertionError`.
    """
    wanted = _without_articles(label)

    def found(screen: WatchedScreen) -> Button | None:
        same = (one for one in screen.view.buttons if _without_articles(one.label) == wanted)
        return next((one for one in same if one.active or not active), None)

    try:
        return await screen.until(found, f"die Taste „{label}“")
    except AssertionError as error:
        labels = ", ".join(f"„{one.label}“" for one in screen.view.buttons)
        raise AssertionError(f"{error}. Tasten: {labels or 'keine'}") from None


def _copy_told(screen: WatchedScreen) -> str:
    """Where her copy is, once that is decided."""
    said = screen.view.receipt.copy if screen.view.receipt else ""
    return "" if said in (texts.COPYING, texts.RECEIPT_PRINTING) else said


def _without_articles(label: str) -> list[str]:
    return [word for word in label.split() if word not in _ARTICLES]


def _row(screen: WatchedScreen, label: str) -> FieldRow:
    for row in screen.view.rows:
        if label in (row.label, row.label.removesuffix(" (freiwillig)")):
            return row
    known = ", ".join(row.label for row in screen.view.rows)
    raise HarnessError(f"Das Feld „{label}“ steht nicht auf dem Bildschirm. Dort stehen: {known or 'keine'}.")


def _papers(screen: WatchedScreen, title: str) -> list[PaperRow]:
    return [paper for paper in screen.view.papers if paper.title == title]


def _pictures(screen: WatchedScreen, title: str) -> tuple[str, ...]:
    return tuple(digest for paper in _papers(screen, title) for digest in paper.pictures)


def _paper(screen: WatchedScreen, title: str) -> PaperRow:
    if found := _papers(screen, title):
        return found[-1]
    raise HarnessError(f"Die Unterlage „{title}“ steht nicht auf dem Bildschirm.")
