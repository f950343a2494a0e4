"""What a ministry, a Landesjugendamt and decision makers see: counts without persons, as tables."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response

from lisa_core.domain.model.json_types import Json
from sojus.domain.rights.numbers import CellKey, Numbers, numbers, total
from sojus.domain.rights.table import Right, has_right
from sojus.portal import texts
from sojus.portal.answers import told
from sojus.portal.door import AtTheDoor, Member
from sojus.portal.working import Workers
from sojus.service.service import Service

COLUMNS = ("Hilfeart", "Plätze", "heute frei", "belegt oder vorgemerkt", "auf der Warteliste", "angefragt")
ALL, NOT_SAID = "zusammen", "nicht genannt"
NOTE = "Weniger als 3 junge Menschen werden nicht von keinem unterschieden; was es verriete, steht sonst nicht da."


class Counts:
    """Handlers."""

    def __init__(self, service: Service, workers: Workers) -> None:
        self._service, self._workers = service, workers

    async def numbers(self, member: Member, request: Request) -> Response:
        """A table for each field of work in each Landkreis."""
        if not has_right(member.actor, Right.NUMBERS):
            raise AtTheDoor(texts.NOT_YOURS, 403)
        found = await self._workers.do(self._found, member)
        return told({"today": self._service.today, "tables": list(self._tables(found))})

    def _found(self, member: Member) -> dict[CellKey, Numbers]:
        with self._service.kept.reading() as state:
            return numbers(state, member.actor, self._service.directory.tenants)

    def _tables(self, found: dict[CellKey, Numbers]) -> Iterator[dict[str, object]]:
        vocabularies, directory = self._service.live.stock.vocabularies, self._service.directory
        for tenant, area in dict.fromkeys((key.tenant, key.area) for key in found):
            cells = {key.kind: one for key, one in found.items() if (key.tenant, key.area) == (tenant, area)}
            words = vocabularies[area]
            rows = [_row(kind.name, cells[kind.id]) for kind in words.kinds.values() if kind.id in cells]
            yield {
                "title": f"{words.name}, {directory.tenant_name(tenant)}",
                "note": NOTE,
                "columns": COLUMNS,
                "rows": [*rows, _row(ALL, total(cells.values()))],
            }


def _row(name: str, one: Numbers) -> list[Json]:
    free: Json = NOT_SAID if one.free is None else one.free
    return [name, one.places, free, str(one.there), str(one.waiting), str(one.asked)]
