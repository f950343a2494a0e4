"""`lisa site add`, `lisa booth list` and `lisa booth revoke`: on the exchange's folder, while it runs or not."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from lisa_core.access.booths import texts
from lisa_core.access.booths.book import CODE_LETTERS, BoothKey, KeyBook, with_code, without_key
from lisa_core.access.booths.kept import BookStore, FolderBook
from lisa_core.access.codes import new_code, shown_code
from lisa_core.cli.arguments import Stored, civil
from lisa_core.config.directory import load_directory
from lisa_core.domain.model.directory import Site
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.ids import SiteId
from lisa_core.domain.model.nearest import nearest
from lisa_core.host.machine import tell
from lisa_core.store.folder import open_folder
from lisa_core.store.key_book import FILE
from lisa_core.store.postgres.place import DatabaseAddress


def add_site(town: str, stored: Stored, config: str, hours: int, at: str, *, replaces: bool) -> None:
    directory, zone = load_directory(config)
    site, code, now = _site(town, list(directory.sites.values())), new_code(CODE_LETTERS), _now(at)
    valid_for = timedelta(hours=hours)
    with _book(stored, begins=True) as kept:
        kept.change(lambda book: (with_code(book, site.id, code, now, valid_for, replaces=replaces), None))
    until = (now + valid_for).astimezone(zone)
    click.echo(texts.CODE_MADE.format(site.name, shown_code(code), f"{until:%d.%m.%Y, %H:%M} Uhr"))
    click.echo(texts.CODE_USE.format(shown_code(code)))


def list_keys(stored: Stored, at: str) -> None:
    with _book(stored) as kept:
        book = kept.read()
    now = _now(at).astimezone(UTC).isoformat(timespec="seconds")
    lines = [_line(key) for key in sorted(book.keys, key=lambda key: (key.site, key.since))]
    lines += [texts.CODE_OPEN.format(c.site, c.until) for c in book.codes if not c.used_by and c.until > now]
    click.echo("\n".join(lines) or texts.NO_KEYS)


def revoke_key(town: str, stored: Stored, at: str) -> None:
    now = _now(at)

    def revoked(book: KeyBook) -> tuple[KeyBook, BoothKey | None]:
        return without_key(book, SiteId(town), now), book.valid(SiteId(town))

    with _book(stored) as kept:
        key = kept.change(revoked)
    click.echo(texts.REVOKED.format(town, key.mark) if key else texts.CODE_VOID.format(town))


def _line(key: BoothKey) -> str:
    over = texts.OVER.format(key.why.value, key.until) if key.why else texts.VALID
    return texts.KEY_LINE.format(key.site, key.mark, key.since, over)


@contextlib.contextmanager
def _book(stored: Stored, *, begins: bool = False) -> Iterator[BookStore]:
    """The book of an exchange. One that is only looked at has to be there: a mistyped folder is no empty one."""
    if stored.data is None and not stored.store:
        raise LisaError(texts.NO_STORE)
    if stored.data is not None and not stored.store and not begins and not (stored.data / FILE).is_file():
        raise LisaError(texts.NO_BOOK.format(stored.data))
    book = _opened(stored.opened())
    try:
        yield book
    finally:
        book.close()


def _opened(place: Path | DatabaseAddress | None) -> BookStore:
    if isinstance(place, DatabaseAddress):
        from lisa_core.access.booths.in_database import DatabaseBook  # for who has its driver

        return DatabaseBook(place)
    assert place is not None
    for text in open_folder(place):
        tell(text)
    return FolderBook(place)


def _site(town: str, sites: list[Site]) -> Site:
    """By its id or its name, however it is written."""
    names = {word.casefold(): site for site in sites for word in (site.id, site.name)}
    if (found := names.get(town.casefold())) is None:
        raise LisaError(texts.NO_SITE.format(town) + nearest(town, [site.id for site in sites]))
    return found


def _now(at: str) -> datetime:
    then = civil(at, ZoneInfo("UTC")) if at else None
    return then if isinstance(then, datetime) else datetime.now(tz=UTC)
