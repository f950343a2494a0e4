"""Sentences about an adapter, for whoever writes one: what it did, in which line, what to do."""

from __future__ import annotations

from lisa_core.domain.model.errors import DeviceFault

ENDED, BROKEN, REFUSED, MISSING = "adapter.ended", "adapter.broken", "adapter.refused", "adapter.missing"
PAGE = "Was gilt, steht in docs/adapter.md."


def ended(where: str, why: str) -> DeviceFault:
    """It says nothing more; it is started or dialled again."""
    return DeviceFault(ENDED, f"{where} {why}. Es wird von selbst wieder versucht.", retryable=True)


def broken(where: str, what: str, last_words: str = "") -> DeviceFault:
    """It said what no adapter may; it is ended, and started or dialled again."""
    return DeviceFault(BROKEN, f"{where} hält sich nicht an das Protokoll: {what}{last_words}. {PAGE}", retryable=True)


def refused(where: str, what: str) -> DeviceFault:
    """Whoever is there has not shown that he has the key."""
    text = f"{where}: Der Schlüssel ist nicht belegt ({what}). Steht auf beiden Seiten derselbe in der Datei key_file?"
    return DeviceFault(REFUSED, text, retryable=True)


def silent(code: str, where: str, what: str, last_words: str = "") -> DeviceFault:
    """It has not said something in time: the slot's own fault."""
    return DeviceFault(code, f"{where} {what}{last_words}. Läuft es noch, und antwortet sein Gerät?", retryable=True)
