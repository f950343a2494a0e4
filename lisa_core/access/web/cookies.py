"""What a browser keeps: the session, and that somebody has logged in here before. Pure.

Cookies know no port: on one computer two programs of ours would take each other's, so the port stands in the name.
Behind TLS the prefix `__Host-` keeps pages of other hosts from setting one.
"""

from __future__ import annotations

from collections.abc import Iterable

SESSION, BROWSER = "lisa", "lisa-browser"
KNOWN_S = 90 * 24 * 3600
"""Seconds for which a browser is known after the last log-in there."""
MAX_TOKEN = 1_000


def cookie_name(kind: str, port: int, *, secure: bool) -> str:
    return f"{'__Host-' if secure else ''}{kind}-{port}"


def set_cookie(name: str, token: str, *, secure: bool, lasts_s: int | None = None, site: str = "Strict") -> str:
    """A header's value. Without `lasts_s` it goes with the browser; 0: it goes now.

    `site`: "Lax" for what has to come along from a page of somebody else.
    """
    lasts = "" if lasts_s is None else f"; Max-Age={lasts_s}"
    return f"{name}={token}; Path=/; HttpOnly; SameSite={site}{'; Secure' if secure else ''}{lasts}"


def read_cookie(headers: Iterable[str], name: str) -> str:
    """Its value; "" where there is none, or where somebody has put a second one beside it."""
    found = {
        value.strip()
        for header in headers
        for pair in header.split(";")
        for key, _, value in [pair.partition("=")]
        if key.strip() == name
    }
    token = found.pop() if len(found) == 1 else ""
    return token if len(token) <= MAX_TOKEN and token.isascii() else ""
