"""Two lists for those who may read them: the accounts of a tenant, and the log of access. Nothing is changed here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from starlette.responses import HTMLResponse, Response

from lisa_core.access import texts
from lisa_core.access.accounts import Account
from lisa_core.access.keeping.port import AccessStore

PAGE = Path(__file__).resolve().parent / "pages" / "liste.html"
FORBIDDEN = Path(__file__).resolve().parent / "pages" / "nicht_erlaubt.html"
MOST = 500
"""Entries that are shown, the newest first; `lisa user log` shows all."""


def accounts_of(reader: Account, store: AccessStore) -> Response:
    """Those of her tenant."""
    rows = [
        (
            account.name,
            ", ".join(texts.ROLES[role] for role in account.roles),
            account.agent or "",
            _factors(account),
            texts.LOCKED if account.disabled else "",
        )
        for account in store.accounts()
        if account.tenant == reader.tenant
    ]
    return _listed(texts.ACCOUNTS, texts.ACCOUNT_COLUMNS, rows)


def log_for(reader: Account, store: AccessStore) -> Response:
    """Of her tenant's accounts, and of those who are nobody. Raises `LisaError` where it was altered."""
    theirs = {account.name for account in store.accounts() if account.tenant != reader.tenant}
    entries = [entry for entry in store.entries() if entry.subject not in theirs]
    rows = [(entry.at, entry.name, entry.subject, entry.detail) for entry in reversed(entries[-MOST:])]
    return _listed(texts.LOG, texts.LOG_COLUMNS, rows)


def forbidden() -> Response:
    """It is a page that her roles do not have."""
    return HTMLResponse(FORBIDDEN.read_text(encoding="utf-8"), status_code=403)


def _factors(account: Account) -> str:
    password = texts.OTHER_HOUSE if account.openid else texts.INITIAL if account.initial else texts.PASSWORD
    return f"{password}, {texts.WITH_APP if account.totp else texts.WITHOUT_APP}"


def _listed(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    page = PAGE.read_text(encoding="utf-8").replace("<!-- titel -->", escape(title))
    return HTMLResponse(page.replace("<!-- kopf -->", head).replace("<!-- zeilen -->", body))
