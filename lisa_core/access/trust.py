"""Whom a booth or a scripted desk trusts when it dials, and that the host is the one that it dialled."""

from __future__ import annotations

import ssl
from pathlib import Path

from lisa_core.domain.model.errors import LisaError
from lisa_core.host.causes import cause
from lisa_core.web import texts
from lisa_core.web.tls import CIPHERS


def client_context(authority: Path | None = None) -> ssl.SSLContext:
    """Trusts whoever stands in the file `authority` and nobody else; without it whom this computer trusts.

    Raises `LisaError` for a file that names nobody.
    """
    if authority is None:
        context = ssl.create_default_context()
    else:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        try:
            context.load_verify_locations(authority)
        except ssl.SSLError as error:
            raise LisaError(texts.NO_AUTHORITY.format(authority)) from error
        except OSError as error:
            raise LisaError(texts.NOT_READ.format(authority, cause(error))) from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(CIPHERS)
    return context
