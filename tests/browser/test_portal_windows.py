"""Several windows of SoJuS in one browser: each stays true, and none takes a connection while nobody looks at it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.pages import LARGE, PHONE, Browsers, served
from tests.browser.portal_demo import be, demonstrated, reserve
from tests.browser.portal_stub import StubPortal
from tests.browser.portal_values import ASKED, DONE_AT, MINE, WAITS
from tests.browser.test_portal import expected

pytestmark = pytest.mark.browser

LOOKS = "document.dispatchEvent(new Event('visibilitychange'))"
ACTS = "import('/s/server.js').then(({ ask }) => ask('/api/search', {})).then(() => '', (no) => no.message)"
LIMIT_S = 60.0


async def looked_at(page: Page, is_looked_at: bool) -> None:
    """As a browser says of a tab in front, and of one behind others; Playwright has all of them in front."""
    hidden = "false" if is_looked_at else "true"
    await page.evaluate(f"Object.defineProperty(document, 'hidden', {{value: {hidden}, configurable: true}}); {LOOKS}")


def test_a_tab_behind_others_holds_no_connection_and_misses_nothing(browsers: Browsers) -> None:
    """A browser opens six connections to a server over HTTP/1.1: a stream for each tab would leave none to act by."""

    async def run() -> None:
        portal = StubPortal()
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/vorgaenge", PHONE)
            await expect(page.locator("#reservations .entry")).to_have_count(1)
            await asyncio.wait_for(portal.is_heard.wait(), LIMIT_S)
            await looked_at(page, False)
            await asyncio.wait_for(portal.is_alone.wait(), LIMIT_S)
            portal.mine = {"reservations": []}
            await looked_at(page, True)
            await expect(page.locator("#reservations .entry")).to_have_count(0)

    browsers.run(run())


def test_a_window_in_which_somebody_else_was_chosen_is_never_acted_in(browsers: Browsers, tmp_path: Path) -> None:
    async def run() -> None:
        async with demonstrated(tmp_path / "portal") as address, browsers.browsing() as opened:
            first = await opened.page(address, LARGE)
            await be(first, "Erika Muster, Jugendamt Uckermark")
            second = await first.context.new_page()
            await second.goto(f"http://{address}/")
            await second.get_by_label("Vorführung: wer Sie sind").select_option(label="Sozialamt Uckermark")
            await expect(second.locator("#office")).to_have_text("Sozialamt Uckermark")
            await expect(first.locator("#office")).to_have_text("Jugendamt Uckermark")
            said = await first.evaluate(ACTS)
            assert "andere Stelle" in said, "before anybody has looked at it"
            await first.evaluate("dispatchEvent(new Event('focus'))")
            await expect(first.locator("#office")).to_have_text("Sozialamt Uckermark")
            expected(opened)

    browsers.run(run())


def test_who_closes_the_window_while_nothing_is_sent_has_not_reserved(browsers: Browsers) -> None:
    async def run() -> None:
        portal = StubPortal()
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/suche{ASKED}", PHONE)
            await page.get_by_role("button", name="Reservieren: Zimmer 1").click()
            await page.get_by_label("Für welchen Fall").select_option("k7")
            await page.context.set_offline(True)
            await page.get_by_role("button", name="Verbindlich reservieren").click()
            await expect(page.get_by_role("dialog")).to_contain_text("Es wird von selbst noch einmal gesendet")
            await page.get_by_role("button", name="Abbrechen").click()
            await expect(page.locator("#news")).to_contain_text("Abgebrochen.")
            await page.context.set_offline(False)
            await expect(page.locator("#away")).to_be_hidden()
            assert portal.done == []
            expected(opened)

    browsers.run(run())


def test_what_is_answered_after_the_window_was_closed_is_told_by_the_page(browsers: Browsers) -> None:
    async def run() -> None:
        portal = StubPortal()
        portal.pause = asyncio.Event()
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/suche{ASKED}", PHONE)
            await reserve(page)
            await page.keyboard.press("Escape")
            await expect(page.get_by_role("dialog")).to_have_count(0)
            portal.pause.set()
            await expect(page.locator("#news")).to_contain_text("Freigehalten bis 03.12.2026")

    browsers.run(run())


def test_an_offer_is_accepted_as_it_stands_on_the_page(browsers: Browsers) -> None:
    """The portal is told what the page knew: it refuses where the house offers something else by now."""

    async def run() -> None:
        portal = StubPortal()
        part = {"place": "p1", "place_name": "Zimmer 1", "group_name": "Gruppe Boot", "facility_name": "Haus am See"}
        offer = {"provider": "traeger-g1", "provider_name": "Träger 1 gGmbH", "parts": [part]}
        offer["sentence"] = "Träger 1 gGmbH bietet „Zimmer 1“ an."
        asked = {"id": "a/1", "sentence": "Anfrage an 3 Träger: 1 Angebot.", "proposals": [offer], "can": ["accept"]}
        asked |= {"unit": "contacts", "contingent": 12}
        portal.mine = {"at": 40, "requests": [asked]}
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/vorgaenge", PHONE)
            await page.get_by_role("button", name="Angebot annehmen").click()
            dialog = page.get_by_role("dialog")
            await expect(dialog.get_by_label("Angebot")).to_contain_text("Zimmer 1, Gruppe Boot, Haus am See")
            await expect(dialog).to_contain_text("Träger 1 gGmbH bietet „Zimmer 1“ an.")
            await expect(dialog.get_by_role("link", name="Zimmer 1 ansehen")).to_have_attribute("href", "/platz/p1")
            await expect(dialog.get_by_label("Wie viele Kontakte sind bewilligt")).to_have_value("12")
            await dialog.get_by_role("button", name="Angebot annehmen").click()
            await expect(page.get_by_role("dialog")).to_have_count(0)
            accepted = {"provider": "traeger-g1", "contingent": 12, "at": 40}
            assert portal.done == [("requests/a/1/accept", accepted)]

    browsers.run(run())


def test_what_changed_under_a_window_is_seen_when_it_is_closed(browsers: Browsers) -> None:
    async def run() -> None:
        portal = StubPortal()
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/vorgaenge", PHONE)
            await page.get_by_role("button", name="Absagen").click()
            await asyncio.wait_for(portal.is_heard.wait(), LIMIT_S)
            portal.mine = {"reservations": []}
            portal.tell("mine", {"sentence": "Der Träger nimmt nicht auf.", "ref": "r/1"}, 44)
            await expect(page.locator("#news")).to_contain_text("Der Träger nimmt nicht auf.")
            await expect(page.locator("#reservations .entry")).to_have_count(1)
            await page.keyboard.press("Escape")
            await expect(page.locator("#reservations .entry")).to_have_count(0)

    browsers.run(run())


def test_the_way_on_from_a_search_and_a_place_that_is_not_free_is_the_list_of_its_group(browsers: Browsers) -> None:
    """Nobody is asked for whom a place is that cannot be reserved; what waiting means is read before."""

    async def run() -> None:
        portal = StubPortal()
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/suche{ASKED}", PHONE)
            await page.get_by_text("Warum andere Plätze nicht dabei sind").click()
            await page.get_by_role("button", name="Gruppen mit Warteliste zeigen").click()
            await expect(page.get_by_text("Das sind die ersten 1; wer genauer sucht, findet andere.")).to_be_visible()
            await page.get_by_role("link", name="Zur Warteliste: Gruppe Boot, Haus am See").click()
            await expect(page.locator("main .btn--primary")).to_have_text("Auf die Warteliste der Gruppe")
            await page.locator("main .btn--primary").click()
            await expect(page.get_by_role("dialog")).to_contain_text(WAITS)
            await page.get_by_label("Für welchen Fall").select_option("k7")
            await page.get_by_role("dialog").get_by_role("button", name="Auf die Warteliste der Gruppe").click()
            await expect(page.get_by_role("heading", name="Warteliste")).to_be_visible()
            ((path, body),) = portal.done
            assert (path, body["case"], body["group"]) == ("wait", "k7", "g1")
            await page.goto(f"http://{address}/platz/p1{ASKED}")
            await expect(page.locator("main .btn--primary")).to_have_text("Reservieren")

    browsers.run(run())


def test_news_of_a_case_says_of_which(browsers: Browsers) -> None:
    async def run() -> None:
        portal = StubPortal()
        held, case = {"id": "r/1", "case": "k7"}, {"case": "k7", "label": "Fall 7", "reference": ""}
        portal.mine = {"reservations": [held], "cases": [case]}
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/suche{ASKED}", PHONE)
            await asyncio.wait_for(portal.is_followed.wait(), LIMIT_S)
            said = "Von der Warteliste reserviert: „Zimmer 6“ (Boot, Haus am See), vom 01.12.2026 an."
            portal.tell("mine", {"sentence": said, "what": "reserved", "ref": "r/1"}, 44)
            await expect(page.locator("#news span")).to_have_text(f"Fall 7: {said}")
            portal.tell("mine", {"sentence": said, "what": "reserved", "ref": "r/2"}, 45)
            await expect(page.locator("#news span")).to_have_text(said)

    browsers.run(run())


def test_what_was_not_done_is_not_told_as_done(browsers: Browsers) -> None:
    """Who waits has reserved nothing, and a list that did not come is not an empty one."""

    async def run() -> None:
        portal = StubPortal()
        portal.faster = {"p1"}
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/suche{ASKED}", PHONE)
            await reserve(page)
            await expect(page.get_by_role("dialog")).to_contain_text(WAITS)
            await page.get_by_role("button", name="Auf die Warteliste der Gruppe").click()
            await expect(page.get_by_role("heading", name="Warteliste")).to_be_visible()
            await page.route("**/api/searches", lambda route: route.abort())
            await page.goto(f"http://{address}/suche?")
            await expect(page.get_by_role("alert")).to_contain_text("nicht zu erreichen")
            await expect(page.get_by_text("Noch keine.")).to_have_count(0)
            expected(opened)

    browsers.run(run())


def test_only_who_is_shown_a_waiting_list_is_told_that_nobody_waits(browsers: Browsers) -> None:
    async def run() -> None:
        for role, lists in (("jugendamt", 1), ("traeger", 0)):
            async with served(StubPortal(role).app) as address, browsers.browsing() as opened:
                page = await opened.page(f"{address}/vorgaenge", PHONE)
                await expect(page.locator("#stays")).to_be_visible()
                await expect(page.get_by_text("Niemand wartet.")).to_have_count(lists)

    browsers.run(run())


def test_what_came_of_an_act_is_told_as_long_as_its_entry_says_the_same(browsers: Browsers) -> None:
    async def run() -> None:
        portal = StubPortal("traeger")
        asked = {"id": "a/1", "sentence": "Sie haben angeboten: „Zimmer 1“.", "can": ["pass"]}
        portal.mine = {"requests": [asked]}
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/vorgaenge", PHONE)
            await page.get_by_role("button", name="Nichts Passendes").click()
            await page.get_by_role("dialog").get_by_role("button", name="Nichts Passendes").click()
            said = page.locator("main").get_by_text("Gespeichert.")
            await expect(said).to_be_visible()
            await asyncio.wait_for(portal.is_heard.wait(), LIMIT_S)
            portal.mine = {"requests": [asked, {**asked, "id": "a/2", "sentence": "Eine andere."}]}
            portal.tell("mine", {"sentence": "Eine andere.", "ref": "a/2"}, 44)
            await expect(page.locator("#requests .entry")).to_have_count(2)
            await expect(said).to_be_visible()
            portal.mine = {"requests": [{**asked, "sentence": "Anfrage: untergebracht.", "can": []}]}
            portal.tell("mine", {"sentence": "Was Sie angeboten haben, ist angenommen.", "ref": "a/1"}, 45)
            await expect(said).to_have_count(0)

    browsers.run(run())


def test_a_name_is_asked_for_with_a_purpose_once_there_are_any(browsers: Browsers) -> None:
    async def run() -> None:
        portal, late = StubPortal(), asyncio.Event()
        (entry,) = MINE["reservations"]
        portal.mine = {"reservations": [entry | {"case": "k7"}], "named": ["k7"]}

        async def purposes(route: Route) -> None:
            await late.wait()
            await route.continue_()

        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/vorgaenge", PHONE)
            await page.route("**/api/purposes", purposes)
            await page.get_by_role("button", name="Namen ansehen").click()
            await expect(page.get_by_role("button", name="Ansehen", exact=True)).to_be_disabled()
            late.set()
            await expect(page.get_by_role("button", name="Ansehen", exact=True)).to_be_enabled()
            await expect(page.get_by_label("Wozu")).to_have_value("unterbringung")

    browsers.run(run())


@pytest.mark.parametrize("first", ["the answer", "the stream"])
def test_what_came_of_an_act_is_said_once_and_what_else_came_of_it_is_told(browsers: Browsers, first: str) -> None:
    async def run() -> None:
        portal = StubPortal()
        portal.pause = asyncio.Event()
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/vorgaenge", PHONE)
            news, said = page.locator("#news"), page.locator("main").get_by_text("Gespeichert.")
            own = {"at": DONE_AT, "ref": "r/1", "sentence": "Gespeichert.", "what": "cancelled"}
            await asyncio.wait_for(portal.is_heard.wait(), LIMIT_S)
            await page.get_by_role("button", name="Absagen").click()
            await page.get_by_role("dialog").get_by_role("button", name="Absagen").click()
            if first == "the stream":
                portal.tell("mine", own, DONE_AT)
                await expect(news).to_contain_text("Gespeichert.")
            portal.pause.set()
            await expect(said).to_be_visible()
            await expect(news).to_be_hidden()
            portal.tell("mine", {**own, "ref": "r/9", "sentence": "Reserviert: „Zimmer 9“."}, DONE_AT)
            await expect(news).to_contain_text("Reserviert: „Zimmer 9“.")
            await expect(page.locator("#stays details")).to_contain_text("Was vorbei ist, steht hier 30 Tage")
            portal.mine = {**portal.mine, "stays": []}
            portal.tell("mine", own, DONE_AT)
            await expect(page.locator("#stays details")).to_have_count(0)
            await expect(news).to_contain_text("Reserviert: „Zimmer 9“.")

    browsers.run(run())


def test_the_end_of_a_saved_search_is_told(browsers: Browsers) -> None:
    """Its row goes, so nothing on the page itself says it."""

    async def run() -> None:
        async with served(StubPortal().app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/suche", PHONE)
            await page.get_by_role("button", name="Suche beenden: Mädchen, 15").click()
            await expect(page.locator("#news")).to_contain_text("Gespeichert.")

    browsers.run(run())


CALLED = {"facility_name": "Haus am See", "phone": "030 / 23125-001"}


def test_what_is_under_way_says_where_and_whoever_is_there_is_seen(browsers: Browsers) -> None:
    async def run() -> None:
        portal = StubPortal()
        place = {
            "place": "p1",
            "place_name": "Zimmer 1",
            "group_name": "Gruppe Boot",
            "provider_name": "Träger 1 gGmbH",
        }
        kept = {**place, "id": "r/1", "sentence": "Freigehalten.", "parts": [CALLED] * 2}
        there = {**place, "id": "s/1", "sentence": "Aufgenommen.", "state": "besteht", **CALLED}
        to = [
            {
                "provider": "t1",
                "provider_name": "Träger 1 gGmbH",
                "facilities": [CALLED],
                "answer": "noch keine Antwort",
            }
        ]
        asked = {"id": "a/1", "sentence": "Gefragt.", "can": ["withdraw"], "to": to}
        portal.mine = {
            "reservations": [{**kept, "can": ["extend"]}],
            "requests": [asked],
            "stays": [{**there, "can": []}],
        }
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/vorgaenge", PHONE)
            for section in ("reservations", "stays"):
                entry = page.locator(f"#{section} .entry")
                await expect(entry).to_be_visible()
                await expect(entry).to_contain_text("Haus am See · Träger 1 gGmbH")
                await expect(entry.get_by_role("link", name="Zimmer 1 ansehen")).to_have_attribute("href", "/platz/p1")
                call = entry.get_by_role("link", name="Haus am See anrufen: 030 / 23125-001")  # two places, one house
                await expect(call).to_have_attribute("href", "tel:03023125001")
            of_whom = page.locator("#requests .asked .buttons")
            await expect(of_whom).to_contain_text("Haus am See")  # who is called is read, and not only heard
            await expect(of_whom.get_by_role("link", name="Haus am See anrufen")).to_be_visible()
            await page.get_by_role("button", name="Verlängern").click()
            await expect(page.get_by_role("dialog")).to_contain_text("zusammen höchstens 2 Mal")

    browsers.run(run())


def test_a_house_is_led_to_what_it_can_do_and_to_nothing_else(browsers: Browsers) -> None:
    """From a reserved place to its reservation; somebody moves only to a free place of the same help, and leaves by
    one of its reasons."""

    async def run() -> None:
        portal = StubPortal("traeger")
        portal.states = {"p1": "reserviert", "p2": "frei"}
        stay = {
            "id": "s/1",
            "place": "p3",
            "place_name": "Zimmer 3",
            "sentence": "Aufgenommen.",
            "can": ["move", "change", "discharge"],
        }
        stay |= {"state": "besteht", "area": "jugendhilfe", "unit": "bed", "amount": 1}
        portal.mine = {"stays": [{**stay, "kind": "heim"}, {**stay, "id": "s/2", "kind": "spfh"}]}
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/plaetze", PHONE)
            await page.get_by_role("link", name="Zimmer 1: Zur Reservierung").click()
            await page.get_by_role("button", name="Umzug eintragen").first.click()
            dialog = page.get_by_role("dialog")
            await expect(dialog.get_by_label("Neuer Platz")).to_contain_text("Zimmer 2, Gruppe Boot, Haus am See")
            await page.keyboard.press("Escape")
            await page.get_by_role("button", name="Umzug eintragen").last.click()
            await expect(dialog).to_contain_text("Von Ihren Plätzen dieser Hilfe ist kein anderer frei.")
            await expect(dialog.get_by_role("button")).to_have_text(["Abbrechen"])
            await page.keyboard.press("Escape")
            await page.get_by_role("button", name="Ende oder Umfang ändern").first.click()
            await expect(dialog.get_by_label("Letzter Tag")).to_be_visible()
            await expect(dialog.get_by_label("Wie viel")).to_have_count(0)  # a bed is one
            await page.keyboard.press("Escape")
            for number, reason in enumerate(("gemäß Hilfeplan", "Ziele erreicht")):
                await page.get_by_role("button", name="Entlassung eintragen").nth(number).click()
                await expect(dialog.get_by_label("Grund").locator("option")).to_have_text(["Bitte wählen", reason])
                await page.keyboard.press("Escape")

    browsers.run(run())


def test_what_waits_for_a_house_is_counted_at_the_way_to_it_and_comes_first(browsers: Browsers) -> None:
    async def run() -> None:
        portal = StubPortal("traeger")
        said = {"id": "r/1", "sentence": "Zugesagt.", "state": "bestätigt", "can": ["admit"]}
        asked = {"id": "r/2", "sentence": "Nehmen Sie auf?", "state": "reserviert", "can": ["confirm"], "awaited": True}
        portal.mine = {"reservations": [said, asked]}
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/plaetze", PHONE)
            await expect(page.get_by_role("link", name="Vorgänge 1 wartet auf Sie")).to_be_visible()
            await asyncio.wait_for(portal.is_heard.wait(), LIMIT_S)
            portal.mine = {"reservations": [{**asked, "id": "r/3"}, said, asked]}
            portal.tell("mine", {"sentence": "Nehmen Sie auf?", "what": "answer_wanted", "ref": "r/3"}, 44)
            await page.get_by_role("link", name="Vorgänge 2 warten auf Sie").click()
            entries = page.locator("#reservations .entry")
            await expect(entries).to_have_count(3)
            chips = [await one.locator(".chip").all_inner_texts() for one in await entries.all()]
            assert chips == [["wartet auf Sie", "reserviert"]] * 2 + [["bestätigt"]]
            portal.mine = {"reservations": [said]}
            await page.get_by_role("button", name="Aufnehmen zusagen").first.click()
            await page.get_by_role("dialog").get_by_role("button", name="Aufnehmen zusagen").click()
            await expect(page.get_by_role("link", name="Vorgänge", exact=True)).to_be_visible()

    browsers.run(run())


ON_TOP = """node => {
  const { x, y, width, height } = node.getBoundingClientRect();
  return node.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""


def test_wherever_one_stands_what_is_told_is_seen_and_covers_nothing_else_that_is(browsers: Browsers) -> None:
    """What came of an act, what others did, that nobody answers; what has been told of names stays where it was."""

    async def run() -> None:
        portal = StubPortal()
        (entry,) = MINE["reservations"]
        changed = [{"sentence": "Bitte den Namen neu ansehen.", "case": "k7"}] * 2
        portal.mine = {"reservations": [{**entry, "id": f"r/{number}"} for number in range(9)], "names": changed}
        async with served(portal.app) as address, browsers.browsing() as opened:
            page = await opened.page(f"{address}/vorgaenge", PHONE)
            await asyncio.wait_for(portal.is_heard.wait(), LIMIT_S)
            await page.get_by_role("button", name="Absagen").last.click()
            await page.get_by_role("dialog").get_by_role("button", name="Absagen").click()
            said = page.locator("main").get_by_text("Gespeichert.")
            await expect(said).to_be_in_viewport(ratio=1)
            await page.route("**/api/**", lambda route: route.abort())
            portal.tell("mine", {"sentence": "Der Träger nimmt auf.", "ref": "r/3"}, 44)
            for told in (page.locator("#away"), page.locator("#news"), said):
                await expect(told).to_be_in_viewport(ratio=1)
                assert await told.evaluate(ON_TOP), await told.inner_text()
            await expect(page.locator(".changed").last).not_to_be_in_viewport()
            expected(opened)

    browsers.run(run())
