"""Two lists for those who may read them: the accounts of a tenant, and the log of access. Nothing is changed here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from starlette.responses import HTMLResponse, Response

from lisa_core.access import texts
from lisa_core.access.accounts import Account
from lisa_core.access.entrance import Access
from lisa_core.access.web.brand import Brand
from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.domain.model.ids import TenantId
from lisa_core.host.clock import shown_time
from lisa_core.store.journal import Entry

MOST, LOOKED_THROUGH = 500, 2_000
"""Entries that are shown, the newest first, and of how many at most: calls go on meanwhile. `lisa user log` shows and
checks all."""


def accounts_of(reader: Account, access: Access, brand: Brand) -> Response:
    """Those of her tenant."""
    rows = [
        (
            account.name,
            ", ".join(texts.ROLES[role] for role in account.roles),
            account.agent or "",
            _factors(account),
            texts.LOCKED if account.disabled else "",
        )
        for account in access.store.accounts()
        if account.tenant == reader.tenant
    ]
    return _listed(brand, texts.ACCOUNTS, texts.ACCOUNT_COLUMNS, rows)


def log_for(reader: Account, access: Access, brand: Brand) -> Response:
    """Of her tenant's accounts and its issuer, and of those who are nobody; where it was altered, that."""
    store = access.store
    theirs = {account.name for account in store.accounts() if account.tenant != reader.tenant}
    try:
        entries = store.entries(LOOKED_THROUGH)
    except MachineError:
        raise
    except LisaError as altered:
        return _listed(brand, texts.LOG, texts.LOG_COLUMNS, [("", texts.ALTERED, "", str(altered))], status=500)
    hers = [one for one in entries if one.subject not in theirs and _is_of(reader.tenant, one)]
    rows = [
        (shown_time(entry.at, access.zone), entry.name, entry.subject, entry.detail) for entry in reversed(hers[-MOST:])
    ]
    return _listed(brand, texts.LOG, texts.LOG_COLUMNS, rows)


def _is_of(tenant: TenantId, entry: Entry) -> bool:
    """Of nobody's account an address is told, or an issuer's tenant and a word: this is for that tenant."""
    whose, _, word = entry.detail.partition(" ")
    return bool(entry.subject) or not word or whose == tenant


def forbidden(brand: Brand) -> Response:
    """It is a page that her roles do not have."""
    return HTMLResponse(brand.page("nicht_erlaubt.html"), status_code=403)


def _factors(account: Account) -> str:
    password = texts.OTHER_HOUSE if account.openid else texts.INITIAL if account.initial else texts.PASSWORD
    return f"{password}, {texts.WITH_APP if account.totp else texts.WITHOUT_APP}"


def _listed(
    brand: Brand, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], status: int = 200
) -> Response:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    page = brand.page("liste.html").replace("<!-- titel -->", escape(title))
    return HTMLResponse(page.replace("<!-- kopf -->", head).replace("<!-- zeilen -->", body), status)
