"""The commands of `lisa`: one per thing to do; others join through the entry-point group `lisa.commands`."""

from __future__ import annotations

import importlib
import itertools
import os
from collections.abc import Mapping
from functools import partial
from typing import TypeVar

import click

from lisa_core.cli.announced import GROUP, announced
from lisa_core.cli.german.headings import HelpContext, with_headings

_C = TypeVar("_C", bound=click.Command)


_BESIDE = ("emulator.", "sojus.")
"""Packages of ours that `lisa_core` does not import; what is true of our own commands is true of theirs."""


class Commands(click.Group):
    """Commands are imported when they are called, so that `lisa steps` does not load a camera, and the list none."""

    context_class = HelpContext

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*OWN, *announced()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in OWN:
            module = importlib.import_module(f"lisa_core.cli.{_MODULES.get(cmd_name, cmd_name)}")
            return with_headings(getattr(module, cmd_name))
        if value := announced().get(cmd_name):
            command = _theirs(cmd_name, value)
            if value.startswith(_BESIDE):
                from lisa_core.cli.vendor.language import in_its_own_package

                return with_headings(in_its_own_package(command))
            return command
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """As click does, with the sentences of `OWN` and `BESIDE` instead of what would have to be imported."""
        theirs = announced()
        listed = {name: click.Command(name, help=sentence) for name, sentence in OWN.items()}
        listed = {**{name: _row(name, value) for name, value in theirs.items()}, **listed}
        ours = {*OWN, *(name for name, value in theirs.items() if value.startswith(_BESIDE))}
        shown = [_described(one) if one.name in ours else one for _, one in sorted(listed.items())]
        width = formatter.width - 6 - max(map(len, listed))
        with formatter.section("Commands"):
            formatter.write_dl([(one.name or "", one.get_short_help_str(width)) for one in shown if not one.hidden])

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        click.Group.format_help(_described(self), ctx, formatter)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in OWN or announced().get(args[0], "").startswith(_BESIDE):  # others have rules of their own
            _refuse_nothing(args)
        try:
            return super().resolve_command(ctx, [*args[:1], *map(partial(_current, args[0]), args[1:])])
        except click.UsageError as error:
            raise click.UsageError(f"{error.message} Bekannt sind: {', '.join(self.list_commands(ctx))}.") from None


def _described(command: _C) -> _C:
    """As the variable wants it: in English, or in German, for which nothing is loaded."""
    if os.environ.get("LISA_LANG") != "en":
        return command
    from lisa_core.cli.vendor.language import in_english

    return in_english(command)


_ANYTHING = {"ignore_unknown_options": True, "allow_extra_args": True}


def _row(name: str, value: str) -> click.Command:
    """For the list."""
    if name in BESIDE and value.startswith(_BESIDE):
        return click.Command(name, help=BESIDE[name])
    return _theirs(name, value)


def _theirs(name: str, value: str) -> click.Command:
    """A command of another package. One that cannot be loaded says so when it is called, and stops no other."""
    module, _, attribute = value.partition(":")
    try:
        found: object = importlib.import_module(module.strip())
        for part in filter(None, attribute.partition("[")[0].strip().split(".")):
            found = getattr(found, part)
    except (Exception, SystemExit) as error:  # noqa: BLE001  # code of others may raise anything
        from lisa_core.host.causes import told_by

        why = f"{_not_loadable(name, value)} ({told_by(error, module.partition('.')[0])})"
    else:
        if isinstance(found, click.Command):
            return found
        why = _not_loadable(name, value)

    def say() -> None:
        raise click.UsageError(f"{why}.")

    return click.Command(name, callback=say, help=f"{why}.", context_settings=_ANYTHING)


def _not_loadable(name: str, value: str) -> str:
    from importlib.metadata import entry_points

    point = next((one for one in entry_points(group=GROUP, name=name) if one.value == value), None)
    package = f"{point.dist.name} {point.dist.version}" if point and point.dist else value
    return f"Der Befehl „{name}“ aus dem Paket {package} lässt sich nicht laden"


def _refuse_nothing(args: list[str]) -> None:
    """What was given and is empty is a mistake: mostly a variable that nobody set, and without it all would run."""
    for before, argument in itertools.pairwise(args):
        name, equals, value = argument.partition("=")
        option = name if equals and not value and name.startswith("--") else ""
        option = before if argument == "" and before.startswith("-") else option
        if option and option not in _MAY_BE_EMPTY:
            raise click.UsageError(f"{option}: Hier steht nichts. {_UNSET} Einen Wert nennen oder {option} weglassen.")
        if argument == "" and not option:
            raise click.UsageError(f"Eine leere Angabe hinter „{before}“. {_UNSET} Etwas nennen oder sie weglassen.")


_UNSET = "Ist eine Variable leer?"
_MAY_BE_EMPTY = ("--faults",)
"""Options of which nothing is a value: no fault at all, whatever the profile says."""


def _current(command: str, argument: str) -> str:
    """An option by the name that it has now; the user is told once of an old one."""
    from lisa_core.host.notices import tell_renamed
    from lisa_core.host.renames import Word, renames_of

    name, equals, value = argument.partition("=")
    for row in renames_of(Word.OPTION):
        if row.old == f"{command} {name}":
            tell_renamed(row)
            return f"{row.new.rpartition(' ')[2]}{equals}{value}"
    return argument


OWN: Mapping[str, str] = {
    "abnahme": "Abnahmeprotokoll aus aufbewahrten Läufen (acceptance report): Anforderungen, Mängel, Unterschriften.",
    "backup": "Protokoll und Posteingang einer Vermittlung in eine Datei sichern, auch während sie arbeitet.",
    "booth": "Das Bürgerbüro auf dem Rechner in der Kabine.",
    "certify": "Ein Gerät oder ein Bürgerbüro für eine Klasse prüfen und das Ergebnis als Prüfpaket ...",
    "compare": "Zwei Läufe vergleichen: was nicht mehr bestanden ist, was wieder, was fehlt, was neu ist, was ...",
    "countersign": "Ein Prüfpaket gegenzeichnen, eine Vertrauensliste unterschreiben oder eine Aufgabe ausgeben.",
    "doctor": "Zeigen, was auf diesem Rechner da ist und was sonst nicht geprüft wird.",
    "exchange": "Die Vermittlung im Landkreis: Anrufe, Arbeitsplätze, Posteingang.",
    "gate": "Sagen, ob ein Lauf (ohne Angabe der neueste) die Regeln einer Datei einhält: jede mit Soll und Ist.",
    "history": "Die letzten Urteile und Zeiten jedes Szenarios; mit einem Teil seines Namens auch jeden Lauf.",
    "lint": "Alle Fehler in Szenarien und Anforderungen zeigen, ohne etwas auszuführen.",
    "log": "Die Protokolle einer Vermittlung und ihrer Anmeldungen, je Eintrag eine Zeile JSON.",
    "merge": "Ein Bericht aus den Teilen eines Laufs (lisa run --shard); was fehlt, steht darin.",
    "migrate": "Alte Wörter umschreiben: in Szenarien, Hardware-Profilen und Landkreis-Dateien eines Ordners oder ...",
    "new": "Etwas Neues anlegen, das sofort grün ist.",
    "profile": "Ein Hardware-Profil prüfen, bevor etwas läuft; seine Geräte fragen, wer sie sind; Geräte finden.",
    "record": "Aufnehmen, was ein Gerät und sein Treiber einander sagen; ohne Seiten, Striche, Dokumente und Namen.",
    "restore": "Aus einer Sicherung einen neuen Ordner oder eine leere Datenbank füllen; überschrieben wird nichts.",
    "run": "Szenarien ausführen: Ordner, .feature-Dateien oder datei.feature:12.",
    "site": "Kabinen, die sich verbinden dürfen: einen Standort eintragen.",
    "simulate": "Viele Büros und Tage in virtueller Zeit: Wartezeiten, Ergebnisse, Invarianten, Prüfsumme.",
    "steps": "Alle Schritte zeigen, aus denen sich Szenarien schreiben lassen.",
    "up": "Ein Bürgerbüro zum Ausprobieren: Arbeitsplätze, Bildschirm und Simulierte Kabine im Browser.",
    "user": "Konten für die Anmeldung: anlegen, zeigen, sperren, zurücksetzen.",
    "verify": "Ein Prüfpaket nachprüfen: ob es ganz ist, wer unterschrieben hat, und jedes Urteil noch einmal ...",
}
"""Ours, each with the first sentence of its help (or as much of it as a line holds): the list imports none of them."""
BESIDE: Mapping[str, str] = {"portal": "SoJuS: freie Plätze und Hilfen suchen, reservieren, melden, in Echtzeit."}
"""The same of commands that other packages of this house bring."""

_MODULES: Mapping[str, str] = {
    "abnahme": "runs.abnahme",
    "backup": "stored.backup",
    "booth": "programs",
    "certify": "certification.certify",
    "compare": "runs.compare",
    "countersign": "certification.countersign",
    "doctor": "diagnosis.doctor",
    "exchange": "programs",
    "gate": "runs.gate",
    "history": "runs.history",
    "lint": "scenarios.lint",
    "log": "stored.log",
    "merge": "runs.merge",
    "record": "devices.record",
    "restore": "stored.backup",
    "site": "keys.site",
    "user": "accounts.user",
    "verify": "certification.verify",
    "profile": "vendor.profile",
}
"""Where a command stands if not in the module of its name."""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="lisa-booth", prog_name="lisa")
def lisa() -> None:
    """Prüfstand und Emulator für Digitale Bürgerbüros.

    \b
    Beispiel:  lisa run                     alle mitgelieferten Szenarien
               lisa up                      ein Bürgerbüro zum Ausprobieren
    """
