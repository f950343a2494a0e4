"""`lisa run`: feature files, shown live, with a report."""

from __future__ import annotations

from pathlib import Path

import click

from lisa_core.cli.extra import without_harness
from lisa_core.cli.vendor.language import InBothLanguages, language
from lisa_core.domain.model.json_types import Json


@click.command(cls=InBothLanguages, context_settings={"ignore_unknown_options": False})
@click.argument("paths", nargs=-1)
@click.option("--profile", default="emulated", show_default=True, help="Hardware-Profil: Name oder .toml-Datei.")
@click.option(
    "--clock",
    type=click.Choice(["real", "virtual"]),
    default="real",
    show_default=True,
    help="Echte Uhr mit emulierten oder echten Geräten, oder virtuelle Uhr mit dem Modell im Speicher.",
)
@click.option("--out", default="out", show_default=True, help="Ordner für den Bericht.")
@click.option("--keep", default=50, show_default=True, type=click.IntRange(min=1), help="So viele Läufe dort aufheben.")
@click.option("--failed", is_flag=True, help="Nur, was zuletzt nicht bestanden oder nicht geprüft ist.")
@click.option("--repeat", default=1, show_default=True, type=click.IntRange(1, 1000), help="Jedes Szenario so oft.")
@click.option("--known", default="", help="Datei mit bekannten Fehlern statt bekannte-fehler.toml bei den Szenarien.")
@click.option("-t", "--tags", default="", help='Nur Szenarien mit diesen Tags: "anf:S0.10 and not stufe:wire".')
@click.option("-n", "workers", default=1, show_default=True, help="So viele Szenarien zugleich (pytest-xdist).")
@click.option("--seed", default=0, show_default=True, help="Startwert für alles Zufällige.")
@click.option(
    "--faults",
    default=None,
    help="Störungsplan, dem die emulierten Geräte in jedem Szenario folgen: printer.papier@5s,door.*@2s+1s. Statt dem "
    'des Profils ("": ohne Störungen); was --seed dabei zieht, steht im Bericht.',
)
@click.option(
    "--rules",
    type=click.Choice(["lisa", "gherkin"]),
    default="lisa",
    show_default=True,
    help="Was eine Datei einhalten muss. gherkin: nur, was Gherkin selbst verlangt; für Szenarien von anderswo.",
)
@language("der Meldungen")
@click.option(
    "--affected", default="", metavar="STAND", help="Nur was eine Änderung seit diesem Git-Stand berühren kann."
)
@click.option("--watch", is_flag=True, help="Nach jedem Speichern ausführen, was davon berührt wird; Ende: Strg-C.")
@click.option("--again", default="", hidden=True, help="Eine Datei, in der alles steht; so ruft --watch auf.")
@click.option("--shard", default="", metavar="3/8", help="Nur dieser Teil; zusammenfügen: lisa merge ORDNER ...")
@click.option(
    "--durations", default="", metavar="DATEI", help="Wie lange Szenarien dauern, für --shard; sonst sagt es --out."
)
@click.option(
    "--answer-s",
    default=60.0,
    show_default=True,
    help="An echten Geräten: so viele Sekunden für jede Antwort.",
)
@click.option(
    "--step-limit", "step_limit_s", default=120.0, show_default=True, help="So viele Sekunden für einen Schritt."
)
@click.option(
    "--pause",
    is_flag=True,
    help="Bei einem Fehler und bei „hier anhalten“ stehen bleiben: ansehen, Sätze probieren, weiter.",
)
@click.option(
    "--lasting",
    is_flag=True,
    help="Auch Szenarien mit @dauert an emulierten Geräten auf der echten Uhr: die Prüfung der Geräte, Minuten davon.",
)
@click.option("--dry-run", is_flag=True, help="Alles prüfen und nichts ausführen: was liefe, womit, wie lange.")
@click.option("--tester", default="", help="Wer prüft; steht im Bericht.")
@click.option(
    "--listen",
    default="",
    metavar="ADRESSE[:PORT]",
    help="An echten Geräten: Aufforderungen auch auf einem Telefon, unter dieser Adresse dieses Rechners.",
)
@click.option("--place", default="", help="Wo geprüft wird; sonst steht das Bürgerbüro des Profils im Bericht.")
@click.option(
    "--pictures",
    type=click.Choice(["failed", "all", "none"]),
    default="failed",
    show_default=True,
    help="Bildschirm und Arbeitsplatz als Bilder im Bericht: von nicht bestandenen Szenarien, von allen, von keinem.",
)
@click.option("-v", "--verbose", is_flag=True, help="Bei Fehlern auch zeigen, was Entwickler brauchen.")
@click.option("--live", is_flag=True, hidden=True, help="Immer an; für Aufrufe, die es noch nennen.")
def run(paths: tuple[str, ...], lang: str, live: bool, watch: bool, again: str, dry_run: bool, **asked: Json) -> int:
    """Szenarien ausführen: Ordner, .feature-Dateien oder datei.feature:12. Ohne Angabe die mitgelieferten.

    \b
    Beispiel:  lisa run features/empfang --clock virtual
    Ausgang:   0 alles bestanden · 1 nicht bestanden · 2 nicht geprüft · 3 Prüffehler · 4 falsche Eingabe
               5 dem Rechner fehlt etwas (Platz, Speicher, Port) · 130 abgebrochen
    """
    if code := without_harness("lisa run"):
        return code
    from lisa_core.harness.start.run import Order, try_devices
    from lisa_core.harness.start.run import run as run_features

    order = Order(paths, language=lang, **asked)  # what else may be asked for is called as the options are
    if dry_run:
        from lisa_core.cli.scenarios.lint import told_plan

        return told_plan(order)
    if watch:
        from lisa_core.harness.start.watch import watch as run_again_and_again

        return run_again_and_again(order)
    if again:
        from lisa_core.harness.start.again import order_from

        order = order_from(Path(again))
    code, order = try_devices(order)
    return code or run_features(order)
