"""Accounts and sessions as text, for a column of a database, and the rows of the log. Raises `ValueError` for none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from lisa_core.access.accounts import Account, AccountRole
from lisa_core.access.sessions import Lack, LoginSession
from lisa_core.domain.model.ids import AgentId, TenantId
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.store.chain import Checkpoint, Columns, Good, follow
from lisa_core.store.journal import Entry

_BEFORE: JsonDict = {"totp": "", "totp_step": 0, "recovery": [], "openid": "", "codes_refused": 0}
"""What rows do not have that an older version has written."""


def text_of(value: Account | LoginSession) -> str:
    """JSON; the key of the row and an account's version stand beside it, and in it they are of no meaning."""
    return json.dumps(asdict(value), ensure_ascii=False, sort_keys=True)


def account_of(name: str, version: int, text: str) -> Account:
    """The account that `text_of` wrote."""
    raw = {**_BEFORE, **_object(text)}
    agent = raw.get("agent")
    return Account(
        name,
        tuple(AccountRole(str(one)) for one in _list(raw, "roles")),
        TenantId(_text(raw, "tenant")),
        _text(raw, "password"),
        _number(raw, "set_at"),
        AgentId(str(agent)) if agent is not None else None,
        initial=raw.get("initial") is not False,
        disabled=raw.get("disabled") is not False,
        totp=_text(raw, "totp"),
        totp_step=_number(raw, "totp_step"),
        recovery=tuple(map(str, _list(raw, "recovery"))),
        openid=_text(raw, "openid"),
        codes_refused=_number(raw, "codes_refused"),
        version=version,
    )


def session_of(id_: str, account: str, seen_s: int, text: str) -> LoginSession:
    """The session that `text_of` wrote."""
    raw = _object(text)
    lacks = tuple(Lack(str(one)) for one in _list(raw, "lacks"))
    return LoginSession(id_, account, _number(raw, "began_s"), seen_s, lacks)


def checked(rows: Sequence[Columns], last: int | None = None) -> list[Entry]:
    """The entries of these rows of a chained log, in their order; `last`: the row before so many is where it begins."""
    known = Good(Checkpoint(rows[0][0], rows[0][-1])) if last and len(rows) > last else None
    rows = rows[1:] if known else rows
    if why := follow(rows, None, known).why:
        raise ValueError(why)
    return [Entry(*row[1:6]) for row in rows]


def _object(text: str) -> JsonDict:
    raw = json.loads(text)
    if not isinstance(raw, dict):
        raise ValueError("no object")
    return raw


def _list(raw: JsonDict, key: str) -> list[object]:
    value = raw.get(key)
    if not isinstance(value, list):
        raise ValueError(f"{key} is no list")
    return list(value)


def _text(raw: JsonDict, key: str) -> str:
    value = raw.get(key)
    if not isinstance(value, str):
        raise ValueError(f"{key} is no text")
    return value


def _number(raw: JsonDict, key: str) -> int:
    value = raw.get(key)
    if not isinstance(value, int):
        raise ValueError(f"{key} is no number")
    return value
