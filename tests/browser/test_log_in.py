"""A person logs in: the door, her own password, her desk, and the end of it; in a real Chromium, and for everybody."""

from __future__ import annotations

from playwright.async_api import Page, Route, expect

from lisa_core.access.administration import AccountWish, Administration
from lisa_core.access.second import code_now
from lisa_core.domain.model.ids import AgentId
from lisa_core.web import guard
from tests.access.house import AGENT, DIRECTORY, PASSWORD, open_house
from tests.browser.pages import SMALL, Browsers, findings, press

HEIGHT, ONE_ROW = "bar => bar.getBoundingClientRect().height", 66
ONE_LINE_EACH = "all => all.every(one => one.getClientRects().length === 1 && one.clientHeight < 40)"


async def _log_in(page: Page, name: str, password: str) -> None:
    await page.get_by_label("Name").fill(name)
    await page.get_by_label("Kennwort", exact=True).fill(password)
    await press(page.get_by_role("button", name="Anmelden"))


async def key_for_the_app(page: Page) -> str:
    """What an app on a phone is given, once the exchange has answered: the page has an empty place for it before."""
    await page.get_by_role("button", name="App einrichten").click()
    key = page.locator("#app-secret")
    await expect(key).not_to_be_empty()
    return (await key.inner_text()).replace(" ", "")


async def _is_for_everybody(page: Page) -> None:
    assert await findings(page, target=44, base=15) == []


def test_an_agent_logs_in_by_hand(browsers: Browsers) -> None:
    async def run() -> None:
        async with open_house(two_factors=True) as house, browsers.browsing() as opened:
            administration = Administration(house.store, house.clock, house.hasher)
            initial = await administration.add(AccountWish("n.neu", (AGENT,), "lorenz"), DIRECTORY)
            page = await opened.page(house.address, SMALL)
            await expect(page.get_by_role("heading", name="Anmelden")).to_be_visible()
            await _is_for_everybody(page)
            await _log_in(page, "n.neu", "falsch")
            await expect(page.get_by_role("alert")).to_have_text("Name oder Kennwort stimmt nicht.")
            await expect(page.get_by_label("Kennwort", exact=True)).to_be_focused()
            await _log_in(page, "n.neu", initial)
            await expect(page.get_by_text("mit dem Anfangskennwort angemeldet")).to_be_visible()
            await _is_for_everybody(page)
            await page.get_by_label("Bisheriges Kennwort").fill(initial)
            await page.get_by_label("Neues Kennwort", exact=True).fill(PASSWORD)
            await page.get_by_label("Neues Kennwort noch einmal").fill(PASSWORD + "!")
            await page.get_by_role("button", name="Kennwort ändern").click()
            await expect(page.get_by_role("alert")).to_have_text("Die beiden neuen Kennwörter sind verschieden.")
            await page.get_by_label("Neues Kennwort noch einmal").fill(PASSWORD)
            await page.keyboard.press("Enter")
            secret = await key_for_the_app(page)
            await expect(page.locator("#app-picture")).to_have_js_property("naturalWidth", 150)
            await _is_for_everybody(page)
            await page.get_by_label("Code aus der App").fill("000000")
            await page.get_by_role("button", name="Code prüfen").click()
            await expect(page.get_by_role("alert")).to_contain_text("Dieser Code stimmt nicht")
            await page.get_by_label("Code aus der App").fill(code_now(secret, house.access.now_s))
            await page.keyboard.press("Enter")
            await expect(page.locator("#app-list li")).to_have_count(8)
            assert await page.locator("#app-list li").evaluate_all(ONE_LINE_EACH), (
                "a code that breaks is copied wrongly"
            )
            paper = await page.locator("#app-list li").first.inner_text()
            await _is_for_everybody(page)
            await press(page.get_by_role("link", name="Ich habe sie aufgeschrieben"))
            await expect(page.locator("#name")).to_have_text("Frau Lorenz")
            assert await page.evaluate("document.cookie") == ""
            await page.get_by_role("button", name="Bereit").click()
            await expect(page.locator("#idle h1")).to_have_text("Sie sind bereit")

            administration.disable("n.neu")
            await expect(page.locator("#idle h1")).to_have_text("Sie sind abgemeldet")
            for gone in ("Konto", "Abmelden"):
                await expect(page.get_by_text(gone, exact=True)).to_be_hidden()
            known = house.store.account("n.neu")
            assert known is not None
            house.change("n.neu", recovery=known.recovery[:3])
            administration.enable("n.neu")
            await press(page.get_by_role("link", name="Neu anmelden"))
            await _log_in(page, "n.neu", PASSWORD)
            await expect(page.get_by_role("heading", name="Code eingeben")).to_be_visible()
            await _is_for_everybody(page)
            await page.get_by_label("Code").fill(paper.upper())
            await press(page.get_by_role("button", name="Weiter"))
            await expect(page.get_by_role("dialog")).to_contain_text("sind noch 2 übrig")
            await _is_for_everybody(page)
            await press(page.get_by_role("button", name="Verstanden"))
            await expect(page.locator("#link")).to_have_text("verbunden")
            await press(page.get_by_role("button", name="Abmelden"))
            await expect(page.locator("#over")).to_have_text("Sie sind abgemeldet.")
            await _log_in(page, "n.neu", f"{PASSWORD} ")
            await expect(page.get_by_role("alert")).to_contain_text("endete mit einem Leerzeichen")
            await page.goto(f"{house.url}/platz/lorenz")
            await expect(page.get_by_role("heading", name="Anmelden")).to_be_visible()
            assert [one for one in opened.complaints if "401" not in one] == []
            opened.complaints.clear()  # the browser itself writes down each answer of that kind

    browsers.run(run())


def test_the_bar_of_a_desk_has_one_row_before_and_after_the_bell_is_on(browsers: Browsers) -> None:
    """At 1280 px, with the buttons of an account and the longest name of an office."""

    async def run() -> None:
        async with open_house() as house, browsers.browsing() as opened:
            house.change("e.muster", agent=AgentId("petersen"))
            page = await opened.page(house.address, {"width": 1280, "height": 800})
            await _log_in(page, "e.muster", PASSWORD)
            bell, top = page.get_by_role("button", name="Klingelton einschalten"), page.locator(".top")
            await expect(bell).to_be_visible()
            assert await top.evaluate(HEIGHT) <= ONE_ROW
            assert await findings(page, target=44, base=12) == []
            await bell.click()
            await expect(bell).to_be_hidden()
            await page.get_by_role("button", name="Bereit").click()
            await expect(page.locator("#idle h1")).to_have_text("Sie sind bereit")
            assert await top.evaluate(HEIGHT) <= ONE_ROW
            await _is_told_why_she_is_still_in(page)
            await expect(page.locator("#idle h1")).to_have_text("Sie sind bereit")
            assert [one for one in opened.complaints if not one.startswith("Failed to load resource")] == []
            opened.complaints.clear()  # the browser itself writes down each answer of that kind

    browsers.run(run())


async def _is_told_why_she_is_still_in(page: Page) -> None:
    """On a page that has no place for it."""

    async def too_many(route: Route) -> None:
        await route.fulfill(status=429, json={"text": "Zu viele Anfragen auf einmal.", "warten_s": 2})

    async def lost(route: Route) -> None:
        await route.abort()

    async def of_another_page(route: Route) -> None:
        refused = await route.fetch(headers={**route.request.headers, "origin": "https://fremd.example"})
        assert refused.status == 403
        await route.fulfill(response=refused)

    async def failed(route: Route) -> None:
        await route.fulfill(status=500, content_type="text/plain; charset=utf-8", body=guard._FAILED)

    async def in_between(route: Route) -> None:
        await route.fulfill(status=502, content_type="text/html", body="<h1>Bad Gateway</h1>")

    for answer, told in (
        (too_many, "Zu viele Anfragen auf einmal."),
        (of_another_page, "Nur von diesem Rechner aus erreichbar."),
        (failed, "Hier ging etwas schief. Bitte noch einmal."),
        (in_between, "Der Server meldet einen Fehler (502)."),
        (lost, "Der Server antwortet nicht."),
    ):
        await page.route("**/abmelden", answer, times=1)
        await press(page.get_by_role("button", name="Abmelden"))
        await expect(page.get_by_role("dialog")).to_contain_text(told)
        assert await findings(page, target=44, base=12) == []
        await press(page.get_by_role("button", name="Verstanden"))
        await expect(page.get_by_role("dialog")).to_be_hidden()


async def _ends_another_session(page: Page) -> None:
    await expect(page.get_by_label("anderswo, seit")).to_be_visible()
    await _is_for_everybody(page)
    await page.get_by_role("button", name="Gewählte Anmeldung beenden").click()
    await expect(page.get_by_role("alert")).to_have_text("Bitte zuerst eine Anmeldung wählen.")
    await page.get_by_label("anderswo, seit").check()
    await page.get_by_label("Ihr Kennwort dazu").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Gewählte Anmeldung beenden")).to_be_hidden()
    await expect(page.get_by_role("heading", name="Mein Konto")).to_be_visible()


def test_the_administration_reads_its_lists(browsers: Browsers) -> None:
    async def run() -> None:
        async with open_house() as house, browsers.browsing() as opened:
            page = await opened.page(house.address, SMALL)
            await house.inside("v.amt")
            await _log_in(page, "v.amt", PASSWORD)
            await _ends_another_session(page)
            await page.wait_for_url("**/konto")  # with its styles: before them a click may go where nothing is any more
            await page.get_by_role("link", name="Konten").click()
            await expect(page.get_by_role("cell", name="e.muster", exact=True)).to_be_visible()
            await _is_for_everybody(page)
            await page.get_by_role("link", name="Zurück").click()
            await page.wait_for_url("**/konto")
            await page.get_by_role("link", name="Protokoll").click()
            await expect(page.get_by_role("cell", name="sitzung.beendet")).to_be_visible()
            await _is_for_everybody(page)

    browsers.run(run())
