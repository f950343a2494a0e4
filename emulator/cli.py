"""`lisa emulate`: one device alone, or those of a whole booth, for clients that this project did not write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    _Word = click.ParamType[str]
else:
    _Word = click.ParamType  # older versions of click know no type behind it


class DeviceName(_Word):
    """The name of an emulated device, or of a slot that it plays; the devices are imported when one is asked for."""

    name = "choice"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from lisa_core.domain.model.nearest import nearest
        from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT

        names = _choice().choices
        if (name := DEVICE_OF_SLOT.get(value, value).lower()) in names:
            return name
        raise click.UsageError(f"Das Gerät „{value}“ gibt es nicht.{nearest(value, names)}")

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        return _choice().get_metavar(param, ctx)

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        return _choice().get_missing_message(param, ctx)


def _choice() -> click.Choice[str]:
    from emulator.booth import devices

    return click.Choice(("booth", *sorted(devices())))


class _ToldActs(click.Command):
    """Its help ends with all acts and what they take; they are imported when somebody asks."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from emulator.world.arguments import TAKES

        rows = [(name, "; ".join(one.says for one in takes) or "ohne Angaben") for name, takes in TAKES.items()]
        with formatter.section("Was --act geschehen lassen kann"):
            formatter.write_dl(rows)
        from lisa_core.equipment.slots.catalogue import FAILS

        told = {fault.name: sentence for sentence, (_, fault) in [*FAILS.items()][::-1]}
        with formatter.section("Was --faults kennt, jedes mit @2s, @2s+5s oder @1s..9s"):
            formatter.write_dl(sorted(told.items()))


@click.command(cls=_ToldActs)
@click.argument("device", type=DeviceName())
@click.option(
    "--listen",
    default="",
    help="Rechner:Port (Scanner: auch https://..., Drucker: ipp://..., Türeinheit: tcp://... für Modbus TCP; Pad: "
    "usbip://Rechner:Port); bei seriellen Geräten ein Pfad für das Pty oder rfc2217://Rechner:Port; bei „booth“ ein "
    "Ordner für deren Pfade oder rfc2217://127.0.0.1:0.",
)
@click.option(
    "--world",
    "join",
    default="",
    help="Einer Welt beitreten (tcp://Rechner:Port), statt eine eigene zu öffnen; mit ihr endet es.",
)
@click.option(
    "--act",
    "acts",
    multiple=True,
    help='Gleich zu Beginn geschehen lassen: --act enter --act "feed pages=mietvertrag". Alle stehen unten.',
)
@click.option(
    "--personality",
    default="",
    help="Sich wie dieses Modell verhalten; fixtures/personalities nennt alle (Scanner: canon-d570 ...); bei „booth“ "
    "mit dem Gerät davor: scanner=canon-d570,door=...",
)
@click.option(
    "--faults",
    default="",
    help="Was nicht stimmt, und wann: presence.rauschen@2s,door.stumm@5s+1s. Alle Störungen stehen unten.",
)
@click.option("--seed", default=0, help="Woraus der Zufall der Störungen gezogen wird; derselbe wiederholt sie.")
@click.option("--pace", is_flag=True, help="Auch so langsam sein wie dieses Modell (Scanner).")
@click.option(
    "--announce", is_flag=True, help="Sich auf diesem Rechner per DNS-SD bekannt machen (Scanner, IPP-Drucker)."
)
def emulate(
    device: str,
    listen: str,
    join: str,
    acts: tuple[str, ...],
    personality: str,
    faults: str,
    seed: int,
    pace: bool,
    announce: bool,
) -> int:
    """Ein einzelnes emuliertes Gerät, oder mit „booth“ alle einer Kabine in einer Welt.

    Die erste Zeile ist JSON: device, pid, url oder path, world; bei „booth“ devices mit url oder path je Gerät. Wie
    andere Programme sie benutzen, auch über den Steueranschluss „world“, steht in docs/emulieren.md.

    \b
    Beispiel:  lisa emulate scanner --listen 127.0.0.1:0 --act "lay_on_glass page=mietvertrag:1"
               lisa emulate booth --personality scanner=canon-d570 --faults door.stumm@5s+1s
    """
    from emulator.alone import Emulation, emulate_alone
    from lisa_core.host.program import run_program

    asked = Emulation(device, listen, join, acts, personality, faults, seed, pace=pace, announce=announce)
    return run_program(emulate_alone(asked))
