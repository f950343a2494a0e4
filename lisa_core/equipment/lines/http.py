"""HTTP to a device, as a client: plain requests, bounded answers, faults instead of exceptions of the library.

Wherever the device points, the booth goes nowhere but to the address that its profile names (`resolved`). Each request
opens its own connection: many devices close a kept one in their own time, which then fails the next request at random.
A connection costs a device on the same network less than a millisecond there and cannot run into that.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import httpx

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.host.address import HTTP, read_address
from lisa_core.host.causes import cause

MAX_PATH = 2000
_PACKED = ("gzip", "deflate", "br", "zstd")
WHOLE = 4
"""A whole answer may take this multiple of the patience for one part: a device that sends for ever is cut off."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; `location` is only the path of a Location header, since devices often lie about the host."""

    status: int
    body: bytes
    media_type: str = ""
    location: str = ""
    retry_after_s: float | None = None


def resolved(address: str, said: str) -> str:
    """The path at the device that `said` means: a path, or what a device answers as Location, seen from `address`.

    The result begins with one "/" and has no dots left, no query and nothing that could be read as another host;
    scheme, host, port and userinfo that a device names are dropped. Raises `DeviceFault` `link.misled` for nonsense.
    """
    try:
        there = urlsplit(said.strip().replace("\\", "/"))
        here = urlsplit(address)
    except ValueError:  # such as brackets that do not close
        raise _misled(address) from None
    if len(said) > MAX_PATH or not said.isprintable():
        raise _misled(address)
    absolute = bool(there.scheme or there.netloc) or there.path.startswith("/")
    base = "" if absolute else here.path.rpartition("/")[0]
    parts: list[str] = []
    for part in f"{base}/{there.path}".split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return "/" + "/".join(quote(part, safe="!$&'()*+,;=:@~%") for part in parts)


def _misled(address: str) -> DeviceFault:
    text = f"{address}: das Gerät nennt für den Auftrag eine Adresse, die keine ist"
    return DeviceFault("link.misled", text, retryable=True)


class HttpDevice:
    """A device under one address. Paths that begin with "/" start at its root, others at the address."""

    def __init__(self, client: httpx.AsyncClient, address: str) -> None:
        self._client = client
        self._address = address.rstrip("/") + "/"
        self._origin = httpx.URL(self._address)

    async def request(
        self, method: str, path: str, body: bytes = b"", *, limit: int = 64 * 1024, within_s: float | None = None
    ) -> Reply:
        """Send and read the whole answer, at most for `within_s` (four times the patience with a part of it).

        Raises `DeviceFault`: `link.refused` when nobody answers, `link.lost` when the answer breaks off or takes too
        long, `link.too_large` beyond `limit` bytes, `link.misled` when its Location is no address.
        """
        url = self._origin.copy_with(raw_path=resolved(self._address, path).encode("ascii"))
        patience_s = within_s or WHOLE * (self._client.timeout.read or 10.0)
        headers = {"Accept-Encoding": "identity", **({"Content-Type": "text/xml"} if body else {})}
        try:
            async with (
                asyncio.timeout(patience_s),
                self._client.stream(method, url, content=body or None, headers=headers) as response,
            ):
                return _reply(response, await _bounded(response, limit))
        except TimeoutError:
            text = f"{url}: die Antwort ist nach {patience_s:g} s noch nicht ganz da"
            raise DeviceFault("link.lost", text, retryable=True) from None
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise DeviceFault("link.refused", f"{url}: keine Verbindung ({cause(error)})", retryable=True) from error
        except httpx.HTTPError as error:
            raise DeviceFault("link.lost", f"{url}: Verbindung abgebrochen ({cause(error)})", retryable=True) from error


async def _bounded(response: httpx.Response, limit: int) -> bytes:
    """The bytes as they come. What is packed, unasked, would unfold to nobody knows how much and is not taken."""
    if any(word in response.headers.get("Content-Encoding", "").lower() for word in _PACKED):
        raise DeviceFault("link.lost", f"{response.url}: die Antwort ist gepackt, obwohl ungefragt", retryable=True)
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > limit:
            text = f"{response.url}: die Antwort hat mehr als {limit} Bytes"
            raise DeviceFault("link.too_large", text, retryable=False)
    return bytes(body)


def _reply(response: httpx.Response, body: bytes) -> Reply:
    retry_after = response.headers.get("Retry-After", "")
    location = response.headers.get("Location", "")
    return Reply(
        status=response.status_code,
        body=body,
        media_type=response.headers.get("Content-Type", "").partition(";")[0].strip().lower(),
        location=resolved(str(response.request.url), location) if location else "",
        retry_after_s=float(retry_after) if retry_after.isascii() and retry_after.isdigit() else None,
    )


def _trust_for(address: str) -> ssl.SSLContext | bool:
    """Whom to trust over TLS; without TLS nobody, since to read all certificates takes longer than to open a booth."""
    return True if address.lower().startswith("https:") else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@contextlib.asynccontextmanager
async def open_http(
    address: str, *, timeout_s: float = 10.0, wire: httpx.AsyncBaseTransport | None = None
) -> AsyncIterator[HttpDevice]:
    """Give access to the device at `address` (http://host:port/path); connects only when asked something.

    `wire` takes the place of the network, for transcripts. Raises `ProfileError` for what is no address.
    """
    read_address(address, HTTP)
    limits = httpx.Limits(max_connections=8, max_keepalive_connections=0)
    client = httpx.AsyncClient(
        timeout=timeout_s, limits=limits, trust_env=False, transport=wire, verify=_trust_for(address)
    )
    async with client:
        yield HttpDevice(client, address)
