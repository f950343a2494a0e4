"""What is asked of a device over HTTP, and what it answers: values, without the library that carries them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HttpQuestion:
    """One request. `path` begins with "/"; `limit`: bytes that the answer may have.

    `part_s` is the patience with a part of the answer, `whole_s` with all of it.
    """

    method: str
    path: str
    body: bytes = b""
    media_type: str = ""
    limit: int = 64 * 1024
    part_s: float = 10.0
    whole_s: float = 40.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; `location` is only the path of a Location header, since devices often lie about the host.

    `https_port`: the port at which the device wants to be asked over TLS instead, 0 where it does not say so.
    """

    status: int
    body: bytes
    media_type: str = ""
    location: str = ""
    retry_after_s: float | None = None
    https_port: int = 0
