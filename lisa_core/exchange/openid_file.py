"""The file that says whose accounts count for which tenant (`lisa exchange --openid FILE`)."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from lisa_core.access.openid.client import check_place
from lisa_core.access.openid.issuers import Issuer, OpenIdError
from lisa_core.access.trust import client_context
from lisa_core.config.toml import Table, check, read_toml
from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.errors import LisaError, ProfileError
from lisa_core.domain.model.ids import TenantId
from lisa_core.domain.model.nearest import nearest
from lisa_core.exchange import texts
from lisa_core.host import paths


class _OneIssuer(Table):
    name: str
    issuer: str
    client_id: str
    secret_file: str
    claim: str = "sub"
    amr: list[str] = Field(default_factory=list)
    authority: str = ""
    max_age_min: int | None = Field(default=None, ge=1, le=1440)


class _OpenIdFile(Table):
    openid: dict[str, _OneIssuer]


def read_issuers(path: Path, directory: Directory) -> tuple[Issuer, ...]:
    """One for each tenant in it. Raises `ProfileError` with file and key, for all that are wrong."""
    return issuers_in(path, sorted({office.tenant for office in directory.offices.values()}))


def issuers_in(path: Path, tenants: Sequence[str]) -> tuple[Issuer, ...]:
    """The same, of a program that has these tenants."""
    file = check(_OpenIdFile, read_toml(path), path)
    found, wrong = list[Issuer](), list[str]()
    for tenant, one in file.openid.items():
        try:
            found.append(_issuer(path, tenant, one, tenants))
        except ProfileError as error:
            wrong.append(str(error))
    if wrong:
        raise ProfileError("\n".join(wrong))
    return tuple(found)


def _issuer(path: Path, tenant: str, one: _OneIssuer, tenants: Sequence[str]) -> Issuer:
    where = f"{path}: openid.{tenant}"
    if tenant not in tenants:
        raise ProfileError(texts.NO_TENANT.format(where, tenant, nearest(tenant, list(tenants))))
    try:
        check_place(one.issuer)
    except OpenIdError:
        raise ProfileError(texts.NO_PLACE.format(where, one.issuer)) from None
    authority = _authority(f"{where}.authority", path.parent / one.authority) if one.authority else None
    secret = _secret(path.parent / one.secret_file)
    kept = (one.name, one.issuer, one.client_id, secret, one.claim, tuple(one.amr), authority)
    return Issuer(TenantId(tenant), *kept, None if one.max_age_min is None else 60 * one.max_age_min)


def _authority(where: str, path: Path) -> Path:
    try:
        client_context(path)
    except LisaError as error:
        raise ProfileError(f"{where}: {error}") from None
    return path


def _secret(path: Path) -> str:
    """Only its owner may read it. Raises `ProfileError`."""
    try:
        mode, text = path.stat().st_mode, paths.read_text(path).strip()
    except (OSError, ValueError):
        raise ProfileError(texts.NO_SECRET.format(path)) from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ProfileError(texts.OPEN_SECRET.format(path))
    if not text:
        raise ProfileError(texts.NO_SECRET.format(path))
    return text
