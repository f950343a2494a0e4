"""A scripted desk logs in as a page does: the same request, the same cookie; what comes of it dials."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from functools import partial

import httpx

from lisa_core.domain.model.errors import LisaError
from lisa_core.wire.channel import dial
from lisa_core.wire.uplink import Dial

LOG_IN_S = 10.0


async def dial_logged_in(
    url: str, name: str, password: str, code: Callable[[], str] = str, tls: ssl.SSLContext | None = None
) -> Dial:
    """How to reach the desks' door at the exchange `http://HOST:PORT`, or `https://` with `tls`, as this account.

    `tls` says whom to trust. `code`: what its second factor shows now (`access.second.code_now`), where it has one.
    Raises `LisaError` with the exchange's own sentence when it lets nobody in, or wants a password of one's own first.
    """
    place, told = url.rstrip("/"), dict[str, object]()
    try:
        place = _origin(place)
        async with httpx.AsyncClient(timeout=LOG_IN_S, trust_env=False, verify=tls or True) as client:
            client.headers["Origin"] = place
            answer = await client.post(f"{place}/anmelden", json={"name": name, "kennwort": password})
            if answer.is_success and _told(answer).get("weiter") == "/zweiter":
                answer = await client.post(f"{place}/zweiter", json={"code": code()})
            told = _told(answer)
            cookie = "; ".join(f"{one.name}={one.value}" for one in client.cookies.jar)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise LisaError(f"{place} lässt niemanden an den Arbeitsplatz: {type(error).__name__}.") from error
    if answer.status_code != httpx.codes.OK:
        raise LisaError(f"{place} lässt „{name}“ nicht an den Arbeitsplatz: {told.get('text', '')}")
    if not str(told.get("weiter", "")).startswith("/platz/"):
        raise LisaError(f"{place}: „{name}“ hat keinen Arbeitsplatz, oder braucht erst Kennwort oder App.")
    return partial(dial, f"ws{place.removeprefix('http')}/ws/desk", cookie, tls)


def _origin(place: str) -> str:
    """As a browser says it: small letters, without a port that goes without saying."""
    url = httpx.URL(place)
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _told(answer: httpx.Response) -> dict[str, object]:
    """What it says; where that is no JSON, as a proxy's page is none, its own words."""
    if answer.headers.get("content-type", "").startswith("application/json"):
        value = answer.json()
        return value if isinstance(value, dict) else {}
    return {"text": f"{answer.status_code} {answer.reason_phrase}"}
