"""HTTP to a device, as a client: plain requests, bounded answers, faults instead of exceptions of the library.

Wherever the device points, the booth goes nowhere but to the address that its profile names (`resolved`). Each request
opens its own connection: many devices close a kept one in their own time, which then fails the next request at random.
A connection costs a device on the same network less than a millisecond there and cannot run into that.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from urllib.parse import quote, urlsplit

import httpx

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.lines.tapped.request import HttpQuestion, Reply
from lisa_core.equipment.lines.tapped.tap import Tap, present_tap
from lisa_core.equipment.lines.trust import fingerprint_at, trust_for
from lisa_core.host.address import HTTP, read_address
from lisa_core.host.causes import cause, is_mistrusted

MAX_PATH = 2000
_PACKED = ("gzip", "deflate", "br", "zstd")
WHOLE = 4
"""A whole answer may take this multiple of the patience for one part: a device that sends for ever is cut off."""


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

    def __init__(
        self,
        client: httpx.AsyncClient,
        address: str,
        *,
        pinned: bool = False,
        scripted: bool = False,
        tap: Tap | None = None,
    ) -> None:
        self._client, self._tap = client, tap
        self._address = address.rstrip("/") + "/"
        self._origin = httpx.URL(self._address)
        self._pinned, self._scripted = pinned, scripted

    @property
    def secure(self) -> bool:
        """Whether it is asked over TLS."""
        return self._origin.scheme == "https"

    def over_tls(self, port: int = 0) -> str:
        """The same address over TLS, at the same port or at another one."""
        port = port or self._origin.port or 443
        moved = self._origin.copy_with(scheme="https", port=None if port == 443 else port)
        return str(moved).rstrip("/")

    async def certificate(self) -> str:
        """The fingerprint of the certificate that is shown at its port; "" where nobody speaks TLS."""
        if self._scripted:
            return ""
        return await fingerprint_at(self._origin.host, self._origin.port or (443 if self.secure else 80))

    async def request(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        limit: int = 64 * 1024,
        within_s: float | None = None,
        first_s: float | None = None,
        media_type: str = "text/xml",
    ) -> Reply:
        """Send and read the whole answer, at most for `within_s` (four times the patience with a part of it).

        `first_s`: patience with a part of this answer, where it is another than the device's. Raises `DeviceFault`:
        `link.refused` when nobody answers, `link.untrusted` when nobody can vouch for who does, `link.lost` when the
        answer breaks off or takes too long, `link.too_large` beyond `limit` bytes, `link.misled` when its Location is
        no address.
        """
        part_s = first_s or self._client.timeout.read or 10.0
        whole_s = within_s or WHOLE * part_s
        asked = HttpQuestion(
            method, resolved(self._address, path), body, media_type if body else "", limit, part_s, whole_s
        )
        try:
            async with asyncio.timeout(whole_s):
                return await (self._tap.ask(asked, self._answered) if self._tap else self._answered(asked))
        except TimeoutError:
            text = f"{self._url(asked)}: die Antwort ist nach {whole_s:g} s noch nicht ganz da"
            raise DeviceFault("link.lost", text, retryable=True) from None

    def _url(self, asked: HttpQuestion) -> httpx.URL:
        return self._origin.copy_with(raw_path=asked.path.encode("ascii"))

    async def _answered(self, asked: HttpQuestion) -> Reply:
        url = self._url(asked)
        parts = httpx.Timeout(self._client.timeout.connect, read=asked.part_s)
        headers = {"Accept-Encoding": "identity", **({"Content-Type": asked.media_type} if asked.media_type else {})}
        try:
            async with self._client.stream(
                asked.method, url, content=asked.body or None, headers=headers, timeout=parts
            ) as response:
                return _reply(response, await _bounded(response, asked.limit))
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            if is_mistrusted(error):
                raise await self._mistrusted() from error
            raise DeviceFault("link.refused", f"{url}: keine Verbindung ({cause(error)})", retryable=True) from error
        except httpx.HTTPError as error:
            raise DeviceFault("link.lost", f"{url}: Verbindung abgebrochen ({cause(error)})", retryable=True) from error

    async def _mistrusted(self) -> DeviceFault:
        seen = await self.certificate() or "unbekannt"
        other = (
            f"Dort zeigt sich ein anderes Zertifikat als das im Profil, SHA-256 {seen}. Wurde es am Gerät erneuert, "
            f"gehört dieser Wert in fingerprint; sonst steht dort ein anderes Gerät"
        )
        own = (
            f"Das Gerät zeigt ein Zertifikat, dem dieser Rechner nicht traut. Steht derselbe SHA-256-Fingerabdruck im "
            f'Menü des Geräts, in das Profil zu diesem Gerät schreiben: fingerprint = "{seen}"'
        )
        return DeviceFault("link.untrusted", other if self._pinned else own, retryable=False)


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
    return reply_of(str(response.request.url), response.status_code, response.headers, body)


def reply_of(address: str, status: int, headers: Mapping[str, str], body: bytes) -> Reply:
    """What a device at `address` answered, as drivers see it. Raises `DeviceFault` `link.misled` as `resolved` does.

    `headers`: by any spelling, or by names in small letters.
    """
    retry_after, location = headers.get("retry-after", ""), headers.get("location", "")
    return Reply(
        status=status,
        body=body,
        media_type=headers.get("content-type", "").partition(";")[0].strip().lower(),
        location=resolved(address, location) if location else "",
        retry_after_s=float(retry_after) if retry_after.isascii() and retry_after.isdigit() else None,
        https_port=_https_port(location) if 300 <= status < 400 else 0,
    )


def _https_port(location: str) -> int:
    try:
        there = urlsplit(location)
        return (there.port or 443) if there.scheme.lower() == "https" else 0
    except ValueError:
        return 0


@contextlib.asynccontextmanager
async def open_http(
    address: str, *, timeout_s: float = 10.0, fingerprint: str = "", wire: httpx.AsyncBaseTransport | None = None
) -> AsyncIterator[HttpDevice]:
    """Give access to the device at `address` (http://host:port/path); connects only when asked something.

    `fingerprint`: the SHA-256 of the one certificate that is taken. `wire` takes the place of the network, for
    transcripts. Raises `ProfileError` for what is no address, or no fingerprint.
    """
    read_address(address, HTTP)
    trusted = trust_for(address, fingerprint)
    limits, tap = httpx.Limits(max_connections=8, max_keepalive_connections=0), present_tap()
    client = httpx.AsyncClient(timeout=timeout_s, limits=limits, trust_env=False, transport=wire, verify=trusted)
    async with client:
        scripted = wire is not None or (tap is not None and tap.plays)
        yield HttpDevice(client, address, pinned=bool(fingerprint), scripted=scripted, tap=tap)
