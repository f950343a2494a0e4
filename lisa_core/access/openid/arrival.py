"""Somebody comes back from her issuer: which account that is, and the session that begins with it."""

from __future__ import annotations

from lisa_core.access import audit, texts
from lisa_core.access.accounts import Account
from lisa_core.access.entrance import Access, EntryRefused, LoggedIn
from lisa_core.access.keeping.port import AccessStore
from lisa_core.access.openid.issuers import Identity


def arrive(access: Access, identity: Identity) -> LoggedIn:
    """Raises `EntryRefused` where nobody here has this identity, or the account is disabled."""
    account = account_with(access.store, identity)
    if account is None:
        access.note_refused("", f"{identity.tenant} kein_konto")
        raise EntryRefused(texts.NO_ACCOUNT_FOR)
    if account.disabled:
        access.note_refused(account.name, f"{identity.tenant} gesperrt")
        raise EntryRefused(texts.DISABLED)
    return access.let_in(account, audit.OPENID, proven=identity.two_factors)


def account_with(store: AccessStore, identity: Identity) -> Account | None:
    """The account whose identity this is, in the tenant of its issuer; None as well where it is nobody's alone."""
    mine = [one for one in store.accounts() if one.openid and one.tenant == identity.tenant]
    found = [one for one in mine if one.openid == identity.value]
    return found[0] if len(found) == 1 else None
