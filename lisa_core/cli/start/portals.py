"""What `lisa exchange --check` finds of portals that a Landkreis names. None of it keeps an exchange from starting."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from lisa_core.cli.arguments import address
from lisa_core.cli.start.served import both_of
from lisa_core.config.directory import landkreis_file
from lisa_core.config.toml import read_text
from lisa_core.config.toml_lines import read_lines
from lisa_core.domain.model.directory import Directory, Office
from lisa_core.exchange import texts
from lisa_core.web.tls import ServedCertificate


def look_at_portals(
    config: str, directory: Directory, listen: str, files: tuple[Path | None, Path | None]
) -> Iterator[str]:
    """Each is asked whether it answers and knows the desks of this exchange."""
    from lisa_core.exchange.portals import desks_at, look_at, offered  # for who has a portal

    offices = list(offered(directory))
    if not offices:
        return
    pair = both_of(*files)
    names = ServedCertificate(*pair, datetime.now(tz=UTC)).shown.names if pair else None
    desks = desks_at(*address(listen), names)
    for office in offices:
        state = asyncio.run(look_at(office.portal, desks))
        told = texts.PORTAL_AT_START[state] or texts.PORTAL_SOUND
        yield told.format(key=_where(config, office), portal=office.portal, desks=", ".join(desks))


def _where(config: str, office: Office) -> str:
    path, key = landkreis_file(config), f"offices.{office.id}.portal"
    line = read_lines(read_text(path)).of(key)
    return f"{path}:{line}: {key}" if line else f"{path}: {key}"
