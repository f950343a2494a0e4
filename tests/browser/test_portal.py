"""SoJuS' pages in a real Chromium: from a search to a reservation, what changes meanwhile, a group leader's phone."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, expect

from lisa_core.domain.model.json_types import JsonDict
from tests.browser.pages import LONG, PHONE, Browsers, Opened, findings, left, served
from tests.browser.portal_demo import act, be, demonstrated, looks, reserve, search
from tests.browser.portal_stub import StubPortal
from tests.browser.portal_values import ASKED, hit, named
from tests.browser.test_screen import AXE, VIOLATIONS
from tests.gherkin.npm import npm_file

pytestmark = pytest.mark.browser

WIDE, LEAST = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
LOOKS: list[tuple[dict[str, int], Literal["dark", "light"]]] = [(LEAST, "dark"), (WIDE, "light")]
if LONG:
    LOOKS += [(LEAST, "light"), (WIDE, "dark")]
PICTURES = Path(__file__).parents[2] / "out" / "portal"
LIMIT_S = 60.0
COUNTING = "globalThis.taps = 0; addEventListener('click', () => globalThis.taps++, true)"
HOUSE = "Haus Prenzlau"


def expected(opened: Opened) -> None:
    """The browser writes down each answer that is a refusal, and each connection that is lost; the page tells them."""
    opened.complaints[:] = [one for one in opened.complaints if not one.startswith("Failed to load resource")]


def test_from_a_search_to_a_reservation(browsers: Browsers) -> None:
    async def run() -> None:
        portal = StubPortal()
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(address, PHONE)
            await page.get_by_label("Alter").fill("fünfzehn")
            await page.get_by_role("button", name="Suchen").click()
            await expect(page.get_by_role("alert")).to_have_text("Bitte wählen, welche Hilfe gesucht wird.")
            groups = await page.locator("#kind > *").evaluate_all("all => all.map((one) => one.label)")
            assert groups == ["Bitte wählen", "Über Tag und Nacht", "§ 28 Erziehungsberatung", "§ 31 Familienhilfe"]
            await page.get_by_label("Welche Hilfe").select_option(label="§ 34 Heimerziehung")
            await page.get_by_role("button", name="Suchen").click()
            await expect(page.get_by_role("alert")).to_contain_text("bitte ganze Jahre")
            await page.get_by_label("Alter").fill("15")
            await page.get_by_role("button", name="Suchen").click()
            await expect(page.get_by_role("heading", name="3 Treffer")).to_be_visible()
            await expect(page.get_by_text("engere Wahl")).to_have_count(1)
            await page.get_by_text("Warum andere Plätze nicht dabei sind").click()
            await expect(page.get_by_text("7 Plätze scheiden aus, gesucht: Alter 15")).to_be_visible()
            await page.reload()
            await page.get_by_role("button", name="Reservieren: Zimmer 1").click()
            await expect(page.locator(".whom")).to_have_text("Heimerziehung; 15 Jahre")  # seen before it is sent
            await expect(page.get_by_role("dialog")).to_contain_text("zunächst für 48 Stunden. Der Träger sagt zu oder")
            await page.get_by_role("button", name="Verbindlich reservieren").click()
            await expect(page.get_by_role("alert")).to_have_text("Bitte wählen, für welchen Fall.")
            await page.get_by_label("Für welchen Fall").select_option("k7")
            await expect(page.get_by_role("alert")).to_have_count(0)
            await page.get_by_role("button", name="Verbindlich reservieren").click()
            await expect(page.get_by_role("dialog")).to_contain_text("Freigehalten bis 03.12.2026")
            whom = {"area": "jugendhilfe", "kind": "heim", "people": [{"age": 15, "gender": None}], "traits": []}
            reserved = {"case": "k7", "places": [{"place": "p1", "amount": 1}], "from": "2026-12-01", "until": None}
            ((path, body),) = portal.done
            wish = body.pop("search")
            assert isinstance(wish, dict)
            assert wish["people"] == [{"age": 15, "gender": None}]
            assert (path, body) == ("reserve", reserved | {"at": 40, "profile": whom | {"remark": ""}})
            assert urlsplit(page.url)[2:4] == ("/", ""), "what is looked for is no server's business"

    browsers.run(run())


def test_two_offices_want_one_place_and_its_house_takes_in(browsers: Browsers, tmp_path: Path) -> None:
    async def run() -> None:
        async with demonstrated(tmp_path / "portal") as address, browsers.browsing() as opened:
            office, other = await opened.page(address, WIDE), await opened.page(address, PHONE)
            house = await opened.page(address, PHONE)
            await be(office, "Erika Muster, Jugendamt Uckermark")
            await be(other, "Max Probe, Jugendamt Vorpommern-Greifswald")
            await be(house, "Anna Muster")
            await search(office)
            await search(other)
            wanted, row = (page.locator(".hit", has_text=HOUSE).first for page in (office, other))
            await expect(row).to_contain_text("3 freie Plätze")

            await wanted.get_by_role("button", name="Reservieren").click()
            await expect(office.locator("#case-name-hint")).to_contain_text(
                "der Träger erst, wenn er die Aufnahme zusagt"
            )
            await office.get_by_role("textbox", name="Name").fill("Erika Muster")
            await expect(office.locator(".whom")).to_contain_text("15 Jahre")
            read_before = await office.locator(".whom").inner_text()
            await office.get_by_text("Angaben ändern").click()
            await office.get_by_role("textbox", name="Anmerkung").fill("Kommt mit Hund.")
            await office.get_by_role("button", name="Verbindlich reservieren").click()
            await expect(office.get_by_role("dialog")).to_contain_text(
                re.compile(r"Reserviert.* Freigehalten bis 03\.12\.2026, \d\d:00 Uhr")
            )
            await expect(row).to_contain_text("2 freie Plätze")  # while somebody looks at it
            await expect(row).to_contain_text("ein anderes Jugendamt hat reserviert.")

            await office.get_by_role("button", name="Weiter suchen").click()
            await office.get_by_role("button", name="Reservieren").last.click()
            await expect(office.locator("#case option:checked")).to_contain_text("Fall 1")  # entered in this window
            await office.keyboard.press("Escape")

            await expect(house.locator("#news")).to_contain_text("Nehmen Sie auf?")
            await house.reload()  # the news is gone, what it was about is not
            await house.get_by_role("link", name="Vorgänge 1 wartet auf Sie").click()
            await expect(house.locator("#reservations .entry").first).to_contain_text(
                f"{read_before} · Kommt mit Hund."
            )
            await act(house, "Aufnehmen zusagen")
            await expect(house.get_by_role("button", name="Aufnahme eintragen")).to_be_visible()
            await expect(house.get_by_role("link", name="Vorgänge", exact=True)).to_be_visible()  # nothing waits
            await expect(office.locator("#news")).to_contain_text("Der Träger nimmt auf.")

            await office.get_by_role("link", name="Vorgänge").click()
            await looks(office)
            await expect(office.get_by_role("dialog")).to_contain_text("Erika Muster")
            expected(opened)

    browsers.run(run())


@pytest.mark.skipif(not LONG, reason="nur mit LISA_LONG=1: die Anfrage an mehrere Träger bis zur Entlassung")
def test_a_profile_without_a_name_goes_to_several_until_one_takes_in(browsers: Browsers, tmp_path: Path) -> None:
    async def run() -> None:
        async with demonstrated(tmp_path / "portal") as address, browsers.browsing() as opened:
            office, house = await opened.page(address, WIDE), await opened.page(address, PHONE)
            await be(office, "Erika Muster, Jugendamt Uckermark")
            await be(house, "Anna Muster")
            await search(office)
            await office.get_by_role("button", name="Mehrere Träger ohne Namen fragen").click()
            asked = office.locator(".ticks label", has_text="Musterhof Kranich gGmbH")
            await expect(asked).to_contain_text("Haus Prenzlau, Haus Templin")
            await office.get_by_role("textbox", name="Name").fill("Erika Muster")
            await office.get_by_role("textbox", name="Anmerkung").fill("Schule in der Nähe wäre gut.")
            await office.get_by_role("button", name="Anfrage senden").click()
            await expect(office.get_by_role("heading", name="Gesendet")).to_be_visible()
            await office.get_by_role("link", name="Zu den Vorgängen").click()
            await expect(office.locator(".asked").first).to_contain_text(
                "Musterhof Kranich gGmbH (Haus Prenzlau, Haus Templin): noch keine Antwort"
            )

            await house.get_by_role("link", name="Ansehen").click()
            await expect(house.locator("#requests .entry")).to_contain_text("Schule in der Nähe")
            await act(house, "Platz anbieten")
            await expect(office.locator("#news")).to_contain_text("angeboten")
            await act(office, "Angebot annehmen")
            await expect(house.locator("#reservations .entry")).to_have_count(1)
            await act(house, "Aufnahme eintragen")
            await act(house, "Entlassung eintragen", Grund="gemäß Hilfeplan oder Beratungszielen")
            await expect(house.locator("main").get_by_role("status")).to_contain_text("Die Entlassung ist eingetragen.")
            await act(house, "Eintrag zurücknehmen")  # it was the wrong day
            await expect(house.get_by_role("button", name="Entlassung eintragen")).to_be_visible()
            expected(opened)

    browsers.run(run())


def test_a_group_leader_says_all_of_her_places_by_a_tap_each(browsers: Browsers, tmp_path: Path) -> None:
    """A tap for each that is another one now, and one for all of them."""

    async def run() -> None:
        async with demonstrated(tmp_path / "portal") as address, browsers.browsing() as opened:
            page = await opened.page(address, PHONE)
            await be(page, "Anna Muster")
            group = page.locator(".group").first
            await expect(group).to_be_visible()
            team = page.locator("section[aria-label='Team Familienhilfe Prenzlau'] .hit-head")
            await expect(team).to_have_text("Team Familienhilfe PrenzlauHaus Prenzlau")  # its hours stand below
            places = await group.locator(".place-row").all()
            await page.evaluate(COUNTING)
            names = [str(await one.get_attribute("data-place")) for one in places]
            for name in names:
                place = group.locator(f"[data-place='{name}']")
                was_free = await place.get_attribute("data-state") == "frei"
                await place.get_by_role("button", name="Belegt" if was_free else "Frei", exact=False).first.click()
                await expect(place).to_have_attribute("data-state", "belegt" if was_free else "frei")
            confirm = group.get_by_role("button", name="Alles stimmt so")
            assert await confirm.evaluate("all => getComputedStyle(all).position") == "static", (
                "it stands over no place"
            )
            await confirm.click()
            await expect(group.locator(".all")).to_have_attribute("data-done", "ja")
            assert await page.evaluate("taps") == len(names) + 1
            assert len(names) >= 5

    browsers.run(run())


def test_somebody_was_faster_and_the_next_best_is_one_tap_away(browsers: Browsers) -> None:
    async def run() -> None:
        portal = StubPortal()
        portal.faster = {"p1"}
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/suche{ASKED}", PHONE)
            await reserve(page)
            await expect(page.get_by_role("alert")).to_contain_text("jemand war schneller")
            await page.get_by_role("dialog").get_by_role("button", name="Reservieren: Zimmer 2").click()
            await expect(page.get_by_role("dialog")).to_contain_text("Freigehalten bis")
            assert [body["places"] for _, body in portal.done] == [[{"place": "p2", "amount": 1}]]
            expected(opened)

    browsers.run(run())


def test_what_changes_elsewhere_is_told_where_it_stands(browsers: Browsers) -> None:
    async def run() -> None:
        portal = StubPortal()
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/suche{ASKED}", WIDE)
            row = page.locator("[data-place=p1]")
            await expect(row).to_be_visible()
            await asyncio.wait_for(portal.is_followed.wait(), LIMIT_S)
            dearer = {"at": 41, "place": "p1", "what": "changed", "hit": hit("p1", 20000), "sentence": "Neuer Preis."}
            portal.tell("change", dearer, 41)
            await expect(row.get_by_text("200,00 € je Tag")).to_be_visible()
            gone = {"at": 42, "place": "p2", "what": "gone", "hit": None, "sentence": "Gerade reserviert."}
            portal.tell("change", gone, 42)
            other = page.locator("[data-place=p2]")
            await expect(other).to_contain_text("Gerade reserviert.")
            await expect(other.get_by_role("button", name="Reservieren")).to_be_disabled()
            come = {"at": 43, "place": "p4", "what": "come", "hit": hit("p4"), "sentence": "Neu frei."}
            portal.tell("change", come, 43)
            await expect(page.get_by_role("button", name="1 neuen anzeigen")).to_be_visible()
            rows = await page.locator(".hit").all()
            assert [await one.get_attribute("data-place") for one in rows] == ["p1", "p2", "p3"], "none has moved"
            portal.tell("mine", {"sentence": "Der Träger nimmt auf.", "ref": "r/1"}, 44)
            await expect(page.locator("#news")).to_contain_text("Der Träger nimmt auf.")

    browsers.run(run())


def test_places_alike_are_one_hit_that_goes_on_with_what_is_left_of_it(browsers: Browsers) -> None:
    """Whatever becomes of one of them, and whoever reserves gets one that is still free."""

    async def run() -> None:
        portal = StubPortal()
        portal.hits = [hit("p1", alike=named("p4", "p5")), hit("p2")]

        def told(at: int, what: str, place: str, now: JsonDict | None, sentence: str = "") -> None:
            change = {"at": at, "place": place, "what": what, "hit": now, "sentence": sentence}
            portal.tell("change", change, at)

        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/suche{ASKED}", PHONE)
            row = page.locator(".hit").first
            await expect(page.get_by_role("heading", name="2 Treffer")).to_be_visible()
            await expect(row).to_contain_text("3 freie Plätze")
            await row.get_by_text("Die 3 Plätze einzeln").click()
            await expect(row.get_by_role("link", name="Kalender und mehr: Zimmer 5, Gruppe Boot")).to_be_visible()
            await asyncio.wait_for(portal.is_followed.wait(), LIMIT_S)
            told(38, "changed", "p1", hit("p1", 20000))
            await expect(row.get_by_text("Inzwischen anders:")).to_be_visible()
            await row.get_by_label("Vergleichen").check()  # of what the row says, which is not the first any more
            await expect(page.get_by_role("link", name="Vergleichen")).to_have_attribute("href", re.compile("p=p4#"))
            await row.get_by_label("Vergleichen").uncheck()
            told(39, "changed", "p1", hit("p1"))
            await expect(row).to_contain_text("3 freie Plätze")
            await row.get_by_label("Vergleichen").check()
            await expect(page.get_by_role("link", name="Vergleichen")).to_have_attribute("href", re.compile("p=p1#"))

            told(41, "gone", "p1", None, "„Zimmer 1“: gerade reserviert.")
            await expect(row).to_contain_text("2 freie Plätze")
            await expect(row.get_by_role("status")).to_have_text("„Zimmer 1“: gerade reserviert.")
            await expect(page.get_by_role("link", name="Vergleichen")).to_have_attribute("href", re.compile("p=p4#"))
            told(42, "changed", "p4", hit("p4", 20000))
            await expect(row.get_by_text("Inzwischen anders:")).to_be_visible()
            told(43, "changed", "p5", hit("p5", 20000))
            await expect(row).to_contain_text("2 freie Plätze")
            await expect(row.get_by_text("Inzwischen anders:")).to_have_count(0)
            told(44, "come", "p6", hit("p6", 20000))
            await expect(row).to_contain_text("3 freie Plätze")
            await expect(row.get_by_role("link", name="Zimmer 6")).to_be_visible()  # still open
            await expect(page.get_by_role("button", name="neuen anzeigen")).to_have_count(0)

            await row.get_by_role("button", name="Reservieren: Gruppe Boot").click()
            await expect(page.get_by_role("dialog")).to_contain_text("alle gleich: Zimmer 4, Zimmer 5, Zimmer 6.")
            await page.get_by_label("Für welchen Fall").select_option("k7")
            await page.get_by_role("button", name="Verbindlich reservieren").click()
            await expect(page.get_by_role("dialog")).to_contain_text("Freigehalten bis")
            ((_, body),) = portal.done
            assert (body["places"], body["alike"]) == ([{"place": "p4", "amount": 1}], ["p5", "p6"])

    browsers.run(run())


def test_nothing_is_done_twice_when_answers_get_lost(browsers: Browsers) -> None:
    async def run() -> None:
        portal = StubPortal()
        portal.cut = True
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/suche{ASKED}", PHONE)
            await reserve(page)
            await expect(page.get_by_text("Es wird von selbst noch einmal gesendet")).to_be_visible()
            await page.reload()  # whoever loses patience
            portal.cut = False
            await reserve(page)
            await expect(page.get_by_role("dialog")).to_contain_text("Freigehalten bis")
            assert portal.said > 1
            assert len(portal.done) == 1
            await page.context.set_offline(True)
            await expect(page.locator("#away")).to_contain_text("Keine Verbindung")
            await page.context.set_offline(False)
            await expect(page.locator("#away")).to_be_hidden()
            expected(opened)

    browsers.run(run())


def test_a_file_is_seen_before_it_is_taken(browsers: Browsers, tmp_path: Path) -> None:
    good, bad = tmp_path / "plaetze.csv", tmp_path / "falsch.csv"
    good.write_bytes(b"platz;stand\n")
    bad.write_bytes(b"falsch\n")

    async def run() -> None:
        portal = StubPortal("traeger")
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/einlesen", PHONE)
            await page.get_by_label("Datei").set_input_files(bad)
            await expect(page.get_by_role("cell", name="„-12“ ist kein Betrag.")).to_be_visible()
            await expect(page.get_by_text("Mindestens 3 weitere Fehler stehen hier nicht.")).to_be_visible()
            await expect(page.get_by_role("button", name="Übernehmen")).to_have_count(0)
            await page.get_by_label("Datei").set_input_files(good)
            await page.get_by_text("Was sich ändert (1)").click()
            await expect(page.get_by_role("cell", name="195,00")).to_be_visible()
            await page.get_by_role("button", name="Übernehmen").click()
            await expect(page.get_by_text("Gespeichert.")).to_be_visible()
            assert portal.done == [("sheets/v1/take", {})]

    browsers.run(run())


PAGES = {
    "jugendamt": (f"/suche{ASKED}", f"/platz/p1{ASKED}", "/vorgaenge"),
    "traeger": ("/plaetze",),
}
if LONG:
    PAGES = {
        "jugendamt": (*PAGES["jugendamt"], "/suche", f"/vergleich?p=p1&p=p2{ASKED}"),
        "traeger": ("/plaetze", "/einlesen"),
        "landesjugendamt": ("/zahlen", "/einsicht"),
    }


@pytest.mark.parametrize("role", PAGES)
def test_each_page_can_be_read_by_everybody(browsers: Browsers, role: str) -> None:
    """From 360 px on, light and dark; pictures are left in out/portal (`left`)."""

    async def run() -> None:
        portal, found = StubPortal(role), list[str]()
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(address, LEAST)
            for number, path in enumerate(PAGES[role]):
                await page.goto("about:blank")
                await page.goto(f"http://{address}{path}")
                await expect(page.locator("h1")).to_be_visible()
                await expect(page.locator("[aria-busy=true]")).to_have_count(0)
                for size, scheme in LOOKS if LONG else (LOOKS[number % 2],):
                    await page.set_viewport_size({"width": size["width"], "height": size["height"]})
                    name = f"{role}-{number}-{size['width']}-{scheme}"
                    found += [f"{name} {one}" for one in await _wrong(page, scheme, PICTURES / f"{name}.png")]
        assert found == []

    browsers.run(run())


BEYOND = """() => [
  ...[...document.querySelectorAll(".card:not(.scrolled)")].filter((one) => one.scrollWidth > one.clientWidth),
  ...[...document.querySelectorAll(".compared tbody th")].filter((one) => one.offsetWidth < 48),
].map((one) => `${one.tagName} "${one.textContent.slice(0, 40)}"`)"""
"""What leaves its card, and names that stand letter by letter."""


def test_on_a_phone_nothing_leaves_its_card(browsers: Browsers) -> None:
    async def run() -> None:
        async with served(StubPortal().app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/einsicht", LEAST)
            await expect(page.get_by_role("cell", name="Namen angesehen · Fall 7 · Unterbringung")).to_be_visible()
            await expect(
                page.get_by_role("cell", name="Namen gelöscht · Fall mit der Kennung dH1lkp… · Unterbringung")
            ).to_be_visible()
            for path in (f"/platz/p1{ASKED}", f"/vergleich?p=p1&p=p2{ASKED}"):
                await page.goto(f"http://{address}{path}")
                await expect(page.get_by_role("table").first).to_be_visible()
                assert await page.evaluate(BEYOND) == []

    browsers.run(run())


async def _wrong(page: Page, scheme: Literal["dark", "light"], picture: Path) -> list[str]:
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await page.evaluate(npm_file(*AXE, "axe.min.js").read_text(encoding="utf-8"))
    await left(page, picture)
    return [*await findings(page, target=44, base=12), *await page.evaluate(VIOLATIONS)]
