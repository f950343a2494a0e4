"""What an issuer may not do, and who pretends to be one (OWASP ASVS 5.0, chapters 9 and 10)."""

from __future__ import annotations

import asyncio
import contextlib
import json
import ssl
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from lisa_core.access.openid.client import OpenIdClient
from lisa_core.access.openid.issuers import Issuer, OpenIdError
from lisa_core.access.openid.tokens import identity_of
from lisa_core.domain.model.json_types import JsonDict
from tests.access.certificates import Authority
from tests.access.test_openid import CLAIMS, HERE, KEY, KEYS, NOW_S, OTHER, TICKET, signed

ANSWER = "HTTP/1.1 {}\r\nContent-Length: {}\r\nConnection: close\r\n{}\r\n{}"


def test_without_a_claim_it_is_the_subject() -> None:
    """Nobody else ever gets it, whatever people are called later."""
    usual = Issuer(HERE.tenant, HERE.name, HERE.issuer, HERE.client_id, HERE.secret)
    assert identity_of(signed(CLAIMS), KEYS, usual, TICKET, NOW_S).value == CLAIMS["sub"] == "4711"


AGES = {
    None: "anmeldezeit",
    "gestern": "anmeldezeit",
    True: "anmeldezeit",
    NOW_S - 900 - 61: "zu_lange_her",
    NOW_S + 61: "zu_lange_her",
    NOW_S - 900: "",
    NOW_S: "",
}


@pytest.mark.parametrize("when", AGES, ids=str)
def test_a_log_in_of_long_ago_is_none_where_that_is_wanted(when: object) -> None:
    wanting = replace(HERE, max_age_s=900)
    token = signed({**CLAIMS, "auth_time": when})
    if AGES[when]:
        with pytest.raises(OpenIdError, match=AGES[when]):
            identity_of(token, KEYS, wanting, TICKET, NOW_S)
    else:
        assert identity_of(token, KEYS, wanting, TICKET, NOW_S).value == "e.muster"
    assert identity_of(token, KEYS, HERE, TICKET, NOW_S).value == "e.muster", "where nobody asks it is the issuer's"


def test_a_key_that_comes_with_its_token_is_none() -> None:
    """Headers that bring a key, or say where one lies, count for nothing."""
    mine = json.loads(json.dumps(OTHER.as_dict(private=False)))
    for header in (
        {"jwk": mine},
        {"jku": "https://boese.example/jwks"},
        {"x5u": "https://boese.example/x"},
        {"x5c": ["AA=="]},
    ):
        for kid in ("1", "2"):
            token = jwt.encode({"alg": "RS256", "kid": kid, **header}, CLAIMS, OTHER, algorithms=["RS256"])
            with pytest.raises((OpenIdError, LookupError)):
                identity_of(token, KEYS, HERE, TICKET, NOW_S)
    assert identity_of(signed(CLAIMS, KEY), KEYS, HERE, TICKET, NOW_S).value


@contextlib.asynccontextmanager
async def serving(answers: Mapping[str, tuple[str, str, str]]) -> AsyncIterator[tuple[str, list[str]]]:
    """A web server that answers so; its address, and what was asked of it."""
    asked: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readline()).decode().split()[1]
        asked.append(path)
        while (await reader.readline()).strip():
            """The head."""
        status, more, body = answers[path]
        place = f"http://127.0.0.1:{writer.get_extra_info('sockname')[1]}"
        body, more = body.replace("HERE", place), more.replace("HERE", place)
        writer.write(ANSWER.format(status, len(body), more, body).encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked


WELL_KNOWN = "/.well-known/openid-configuration"
OTHERS = ("https://login.example", "HERE/", "")


def test_metadata_of_another_issuer_and_redirects_lead_nowhere() -> None:
    good = json.dumps({"issuer": "HERE", "authorization_endpoint": "HERE/auth", "jwks_uri": "HERE/jwks"})
    served = {
        **{
            f"/{number}{WELL_KNOWN}": ("200 OK", "", good.replace("HERE", other, 1))
            for number, other in enumerate(OTHERS)
        },
        f"/moved{WELL_KNOWN}": ("302 Found", "Location: HERE/good\r\n", ""),
        WELL_KNOWN: ("200 OK", "", good),
    }

    async def run() -> None:
        async with serving(served) as (place, asked):
            for path in served:
                issuer = replace(HERE, issuer=f"{place}{path.removesuffix(WELL_KNOWN)}")
                client = OpenIdClient(issuer, lambda: NOW_S)
                if path == WELL_KNOWN:
                    assert (await client.address("b", TICKET)).startswith(f"{place}/auth?")
                else:
                    with pytest.raises(OpenIdError, match="metadaten"):
                        await client.address("b", TICKET)
            assert asked == list(served), "where it was sent nobody comes"

    asyncio.run(run())


def test_an_issuer_whose_certificate_counts_for_nothing_is_told_as_one(tmp_path: Path) -> None:
    ours, other = Authority(tmp_path), Authority(tmp_path, "Andere-CA")
    shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shown.load_cert_chain(*other.issue("aussteller"))

    async def run() -> None:
        server = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0, ssl=shown)
        async with server:
            place = f"https://localhost:{server.sockets[0].getsockname()[1]}"
            client = OpenIdClient(replace(HERE, issuer=place, authority=ours.file), lambda: NOW_S)
            with pytest.raises(OpenIdError, match="zertifikat"):
                await client.address("b", TICKET)
        with pytest.raises(OpenIdError, match="nicht_erreichbar"):
            await OpenIdClient(replace(HERE, issuer=place, authority=ours.file), lambda: NOW_S).address("b", TICKET)

    asyncio.run(run())


def test_a_key_of_no_use_is_no_key() -> None:
    """An issuer whose list is empty, or no list, lets nobody in."""
    empty: JsonDict = {"keys": []}
    for keys in (empty, {}, json.loads(json.dumps(KeySet([OTHER]).as_dict(private=False)))):
        with pytest.raises((OpenIdError, LookupError)):
            identity_of(signed(CLAIMS), keys, HERE, TICKET, NOW_S)
