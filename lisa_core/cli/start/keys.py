"""`lisa site add`, `lisa booth list` and `lisa booth revoke`: on the exchange's folder, while it runs or not."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from lisa_core.access.booths import texts
from lisa_core.access.booths.book import CODE_LETTERS, BoothKey, KeyBook, open_codes, with_code, without_key
from lisa_core.access.booths.kept import BookStore, FolderBook
from lisa_core.access.codes import new_code, shown_code
from lisa_core.cli.arguments import Stored, civil
from lisa_core.config.directory import load_directory
from lisa_core.domain.model.directory import Site
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.ids import SiteId
from lisa_core.domain.model.nearest import nearest
from lisa_core.host.clock import shown_time
from lisa_core.host.machine import tell
from lisa_core.store.folder import begin_folder, open_folder
from lisa_core.store.key_book import FILE
from lisa_core.store.postgres.place import DatabaseAddress


def add_site(town: str, stored: Stored, config: str, hours: int, at: str, *, replaces: bool) -> None:
    directory, zone = load_directory(config)
    site, code, now = _site(town, list(directory.sites.values())), new_code(CODE_LETTERS), _now(at, zone)
    valid_for = timedelta(hours=hours)
    with _book(stored, begins=True) as kept:
        kept.change(lambda book: (with_code(book, site.id, code, now, valid_for, replaces=replaces), None))
    until = (now + valid_for).astimezone(zone)
    click.echo(texts.CODE_MADE.format(site.name, shown_code(code), f"{until:%d.%m.%Y, %H:%M} Uhr"))
    click.echo(texts.CODE_USE.format(shown_code(code)))


def list_keys(stored: Stored, config: str, at: str) -> None:
    zone = load_directory(config)[1]
    now = _now(at, zone)
    with _book(stored) as kept:
        book = kept.read()
    lines = [_line(key, zone) for key in sorted(book.keys, key=lambda key: (key.site, key.since))]
    lines += [texts.CODE_OPEN.format(code.site, shown_time(code.until, zone)) for code in open_codes(book, now)]
    click.echo("\n".join(lines) or texts.NO_KEYS)


def revoke_key(town: str, stored: Stored, config: str, at: str) -> None:
    directory, zone = load_directory(config)
    now = _now(at, zone)

    def revoked(book: KeyBook) -> tuple[KeyBook, tuple[SiteId, BoothKey | None]]:
        site = _entered(town, book, list(directory.sites.values()))
        return without_key(book, site, now), (site, book.valid(site))

    with _book(stored) as kept:
        site, key = kept.change(revoked)
    click.echo(texts.REVOKED.format(site, key.mark) if key else texts.CODE_VOID.format(site))


def _line(key: BoothKey, zone: ZoneInfo) -> str:
    over = texts.OVER.format(key.why.value, shown_time(key.until, zone)) if key.why else texts.VALID
    return texts.KEY_LINE.format(key.site, key.mark, shown_time(key.since, zone), over)


@contextlib.contextmanager
def _book(stored: Stored, *, begins: bool = False) -> Iterator[BookStore]:
    """The book of an exchange. One that is only looked at has to be there: a mistyped folder is no empty one."""
    if stored.data is None and not stored.store:
        raise LisaError(texts.NO_STORE)
    if stored.data is not None and not stored.store and not begins and not (stored.data / FILE).is_file():
        raise LisaError(texts.NO_BOOK.format(stored.data))
    book = _opened(stored.opened(), begins=begins)
    try:
        yield book
    finally:
        book.close()


def _opened(place: Path | DatabaseAddress | None, *, begins: bool) -> BookStore:
    if isinstance(place, DatabaseAddress):
        from lisa_core.access.booths.in_database import DatabaseBook  # for who has its driver

        return DatabaseBook(place)
    assert place is not None
    for text in begin_folder(place) if begins else open_folder(place):
        tell(text)
    return FolderBook(place)


def _site(town: str, sites: list[Site]) -> Site:
    """By its id or its name, however it is written."""
    names = {word.casefold(): site for site in sites for word in (site.id, site.name)}
    if (found := names.get(town.casefold())) is None:
        raise LisaError(texts.NO_SITE.format(town) + nearest(town, [site.id for site in sites]))
    return found


def _entered(town: str, book: KeyBook, sites: list[Site]) -> SiteId:
    """The same among those in the book, also one that is no more in the Landkreis: a key can be stolen all the same."""
    known = {key.site for key in book.keys} | {code.site for code in book.codes}
    words = {site.name: site.id for site in sites if site.id in known} | {str(site): site for site in known}
    found = {word.casefold(): site for word, site in words.items()}.get(town.casefold())
    if found is None:
        raise LisaError(texts.NOT_ENTERED.format(town) + nearest(town, words))
    return found


def _now(at: str, zone: ZoneInfo) -> datetime:
    """In the Landkreis, unless `at` says where."""
    then = civil(at, zone)
    return then if isinstance(then, datetime) else datetime.now(tz=UTC)
