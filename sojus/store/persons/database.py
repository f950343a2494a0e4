"""The port to where persons are kept: one transaction at a time, and a way to leave no traces of what was deleted.

Statements are those that SQLite and PostgreSQL both know, with "?" for each value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from lisa_core.domain.model.errors import LisaError
from lisa_core.store.chain import GENESIS, Columns

T = TypeVar("T")

FORM = 3
"""Version of these tables."""
OTHER_FORM = (
    "{}: Was hier über Personen steht, hat eine andere Version geschrieben (Fassung {}, hier {}). "
    "Daran wurde nichts geändert. Die andere Version starten."
)
TABLES = (
    """create table sojus_person_state(
        one integer primary key check (one = 1), form integer not null, numbered bigint not null, tip text not null,
        begins bigint not null, begins_tip text not null, traces integer not null)""",
    f"insert into sojus_person_state values (1, {FORM}, 0, '{GENESIS.hex()}', 0, '{GENESIS.hex()}', 0)",
    """create table sojus_person_case(
        id text primary key, asked text not null unique, tenant text not null, office text not null,
        number integer not null, created text not null, people text not null, reference text not null,
        sought text not null)""",
    "create unique index sojus_person_case_number on sojus_person_case(tenant, office, number)",
    """create table sojus_person_office(
        tenant text not null, office text not null, last integer not null, day text not null, entered integer not null,
        primary key (tenant, office))""",
    """create table sojus_person_wish(
        asked text primary key, case_id text not null, what text not null, at text not null)""",
    """create table sojus_person_member(
        account text not null, role text not null, office text not null, tenant text not null, since text not null,
        primary key (account, role, office, tenant))""",
    """create table sojus_person_audit(
        number bigint primary key, at text not null, what text not null, account text not null, subject text not null,
        role text not null, office text not null, tenant text not null, case_id text not null,
        owner_office text not null, owner_tenant text not null, purpose text not null, hash text not null)""",
    "create index sojus_person_audit_case on sojus_person_audit(case_id, number)",
    "create index sojus_person_audit_what on sojus_person_audit(what, number)",
)
"""`numbered`, `tip`: of the last line of the audit; `begins`, `begins_tip`: of the last one that has had its time.
`traces`: how often something was deleted; below 0: so often, and no traces are left. `last`: the number of an office's
last case; `entered`: how many it has entered on `day`. `reference`: an office's own file number, `sought` by which it
is found.
`sojus_person_wish`: changes by the keys under which they were asked for, and cases that are forgotten by those under
which they were entered; without a name."""
NOTE_TRACES = "update sojus_person_state set traces = abs(traces) + 1"
NO_TRACES = "update sojus_person_state set traces = -traces where traces = ?"
"""It never counts anew: else what was deleted while somebody took out traces could come to the number that they began
with, and would be taken for gone."""
APPEND_ONLY = "append-only"


class Statements(Protocol):
    """Within a transaction."""

    def __call__(self, statement: str, /, *values: object) -> Sequence[Columns]:
        """The rows of an answer, none where it has none."""
        ...


class PersonDatabase(Protocol):
    """Every method raises `LisaError`, a machine's fault `MachineError`; any thread may call."""

    name: str
    """For people, without secrets."""

    def rows(self, question: str, *values: object) -> Sequence[Columns]:
        """The answer to one question; it waits for nobody who writes."""
        ...

    def run(self, work: Callable[[Statements], T]) -> T:
        """What `work` makes of it: all of it or nothing, durable when it returns; nobody else writes meanwhile."""
        ...

    def scrub(self, within_s: float | None = None) -> None:
        """Leave no traces of deleted rows in the files of the database, as far as a database can say so.

        `within_s`: it is broken off after about so long, and nothing is as it was to be; None: it takes its time.
        """
        ...

    def close(self) -> None: ...


def check_form(name: str, form: int) -> None:
    """Raises `LisaError` for what was written in another form than ours."""
    if form != FORM:
        raise LisaError(OTHER_FORM.format(name, form, FORM))
