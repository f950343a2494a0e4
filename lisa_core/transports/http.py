"""HTTP to a device on the local network: bounded in size and time, no proxy, one connection per request.

Small servers in devices close idle connections when they like; a connection of its own per request costs a fraction of
a millisecond there and cannot run into that.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx

from lisa_core.model.errors import DeviceFault
from lisa_core.transports.address import HTTP, network_address


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; `location` is only the path of a Location header, since devices often lie about the host."""

    status: int
    body: bytes
    media_type: str = ""
    location: str = ""
    retry_after_s: float | None = None


class HttpDevice:
    """A device under one address. Paths that begin with "/" start at its root, others at the address."""

    def __init__(self, client: httpx.AsyncClient, address: str) -> None:
        self._client = client
        self._address = address.rstrip("/") + "/"

    async def request(self, method: str, path: str, body: bytes = b"", *, limit: int = 64 * 1024) -> Reply:
        """Send and read the whole answer.

        Raises `DeviceFault`: `link.refused` when nobody answers, `link.lost` when the answer breaks off or takes too
        long, `link.too_large` beyond `limit` bytes.
        """
        url = urljoin(self._address, path)
        headers = {"Content-Type": "text/xml"} if body else {}
        try:
            async with self._client.stream(method, url, content=body or None, headers=headers) as response:
                return _reply(response, await _bounded(response, limit), url)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise DeviceFault("link.refused", f"{url}: keine Verbindung ({error})", retryable=True) from error
        except httpx.HTTPError as error:
            what = str(error) or type(error).__name__
            raise DeviceFault("link.lost", f"{url}: Verbindung abgebrochen ({what})", retryable=True) from error


async def _bounded(response: httpx.Response, limit: int) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > limit:
            text = f"{response.url}: die Antwort hat mehr als {limit} Bytes"
            raise DeviceFault("link.too_large", text, retryable=False)
    return bytes(body)


def _reply(response: httpx.Response, body: bytes, url: str) -> Reply:
    retry_after = response.headers.get("Retry-After", "")
    location = response.headers.get("Location", "")
    return Reply(
        status=response.status_code,
        body=body,
        media_type=response.headers.get("Content-Type", "").partition(";")[0].strip().lower(),
        location=urlsplit(urljoin(url, location)).path if location else "",
        retry_after_s=float(retry_after) if retry_after.isascii() and retry_after.isdigit() else None,
    )


@contextlib.asynccontextmanager
async def open_http(
    address: str, *, timeout_s: float = 10.0, wire: httpx.AsyncBaseTransport | None = None
) -> AsyncIterator[HttpDevice]:
    """Give access to the device at `address` (http://host:port/path); connects only when asked something.

    `wire` takes the place of the network, for transcripts. Raises `ProfileError` for what is no address.
    """
    network_address(address, HTTP)
    limits = httpx.Limits(max_connections=8, max_keepalive_connections=0)
    client = httpx.AsyncClient(timeout=timeout_s, limits=limits, trust_env=False, transport=wire)
    async with client:
        yield HttpDevice(client, address)
