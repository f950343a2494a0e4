"""`lisa user`: who may log in at the exchange. Parse, call, print; a running exchange notices within a second."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lisa_core.cli.stored.place import CONFIG, at_place

if TYPE_CHECKING:
    from lisa_core.store.postgres.place import DatabaseAddress

ROLES = ("agent", "lead", "administration", "auditor")


ROLE = click.option(
    "--role", "roles", type=click.Choice(ROLES), multiple=True, required=True, help="Rolle; auch mehrmals."
)
AGENT = click.option("--agent", default="", help="Arbeitsplatz im Verzeichnis, zum Beispiel vogt.")
TENANT = click.option("--tenant", default="", help="Träger, wo kein Arbeitsplatz ihn nennt.")


@click.group()
def user() -> None:
    """Konten für die Anmeldung: anlegen, zeigen, sperren, zurücksetzen.

    \b
    Beispiel:  lisa user add e.muster --role agent --agent vogt --data /var/lib/lisa/vermittlung
    """


@user.command()
@click.argument("name")
@ROLE
@AGENT
@TENANT
@CONFIG
@at_place
@click.option("--openid", default="", help="Wer sie beim Aussteller ihres Trägers ist; dann hier ohne Kennwort.")
@click.option("--stdin", is_flag=True, help="Kennwort von der Standardeingabe, auf Dauer (für Programme).")
def add(
    name: str,
    roles: tuple[str, ...],
    agent: str,
    tenant: str,
    config: str,
    data: Path | DatabaseAddress,
    openid: str,
    stdin: bool,
) -> int:
    """Ein Konto anlegen; sagt das Anfangskennwort, das bei der ersten Anmeldung zu ersetzen ist.

    \b
    Beispiel:  lisa user add e.muster --role agent --agent vogt --data /var/lib/lisa/vermittlung
    """
    from lisa_core.cli.start.user import WishedAccount, add_account
    from lisa_core.host.program import run_program

    return run_program(add_account(WishedAccount(name, roles, agent, tenant, config, openid), data, stdin))


@user.command(name="list")
@at_place
def list_(data: Path | DatabaseAddress) -> int:
    """Alle Konten: Rolle, Arbeitsplatz, Träger, ob gesperrt.

    \b
    Beispiel:  lisa user list --data /var/lib/lisa/vermittlung
    """
    from lisa_core.cli.start.user import list_accounts
    from lisa_core.host.program import run_program

    return run_program(list_accounts(data))


@user.command()
@click.argument("name")
@at_place
def disable(name: str, data: Path | DatabaseAddress) -> int:
    """Ein Konto sperren: sofort, auch wo es gerade angemeldet ist.

    \b
    Beispiel:  lisa user disable e.muster --data /var/lib/lisa/vermittlung
    """
    return _change("disable", name, data)


@user.command()
@click.argument("name")
@at_place
def enable(name: str, data: Path | DatabaseAddress) -> int:
    """Ein gesperrtes Konto wieder freigeben.

    \b
    Beispiel:  lisa user enable e.muster --data /var/lib/lisa/vermittlung
    """
    return _change("enable", name, data)


@user.command()
@click.argument("name")
@at_place
def reset(name: str, data: Path | DatabaseAddress) -> int:
    """Ein neues Anfangskennwort ausgeben; App und Anmeldungen dieses Kontos enden.

    \b
    Beispiel:  lisa user reset e.muster --data /var/lib/lisa/vermittlung
    """
    from lisa_core.cli.start.user import reset_account
    from lisa_core.host.program import run_program

    return run_program(reset_account(name, data))


@user.command()
@click.argument("name")
@at_place
def second(name: str, data: Path | DatabaseAddress) -> int:
    """Einem Programm einen zweiten Faktor ausgeben (Menschen richten ihn selbst ein, unter „Konto“).

    \b
    Beispiel:  lisa user second probe --data /var/lib/lisa/vermittlung
    """
    from lisa_core.cli.start.user import give_second
    from lisa_core.host.program import run_program

    return run_program(give_second(name, data))


@user.command()
@click.argument("name")
@ROLE
@AGENT
@TENANT
@CONFIG
@at_place
def role(name: str, roles: tuple[str, ...], agent: str, tenant: str, config: str, data: Path | DatabaseAddress) -> int:
    """Einem Konto andere Rollen oder einen anderen Arbeitsplatz geben; seine Anmeldungen enden.

    \b
    Beispiel:  lisa user role e.muster --role lead --agent vogt --data /var/lib/lisa/vermittlung
    """
    from lisa_core.cli.start.user import WishedAccount, give_roles
    from lisa_core.host.program import run_program

    return run_program(give_roles(WishedAccount(name, roles, agent, tenant, config), data))


@user.command()
@at_place
@click.option("--last", type=click.IntRange(1), default=50, show_default=True, help="So viele Zeilen vom Ende.")
def log(data: Path | DatabaseAddress, last: int) -> int:
    """Wer sich angemeldet hat, was abgelehnt wurde, was mit Konten geschah; ohne Inhalte.

    \b
    Beispiel:  lisa user log --data /var/lib/lisa/vermittlung --last 20
    """
    from lisa_core.cli.start.user import show_log
    from lisa_core.host.program import run_program

    return run_program(show_log(data, last))


def _change(what: str, name: str, data: Path | DatabaseAddress) -> int:
    from lisa_core.cli.start.user import change_account
    from lisa_core.host.program import run_program

    return run_program(change_account(what, name, data))
