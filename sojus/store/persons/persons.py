"""What may be done with what is known of persons. Every look at a name is in the audit before the name is given out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from lisa_core.domain.model.errors import LisaError, MachineError
from sojus.domain.model.actors import Role
from sojus.domain.model.ids import CaseId, OfficeId, TenantId
from sojus.domain.placement.decisions import Party
from sojus.domain.placement.moves import party
from sojus.domain.rights.members import Membership
from sojus.domain.rights.purposes import Purpose
from sojus.domain.rights.retention import KnownCase
from sojus.domain.rights.table import Right, has_right
from sojus.store.persons import audit, cases, members
from sojus.store.persons.changing import NameWish, Written, change, is_used, name_of_wish, note
from sojus.store.persons.database import NO_TRACES, NOTE_TRACES, PersonDatabase, Statements
from sojus.store.persons.people import checked, people_of, reference_of, text_of
from sojus.store.persons.values import AuditDeed, AuditLine, CaseLine, NamedPerson, NameNotice, NotShown

NOT_SHOWN = "Diesen Fall gibt es nicht, oder Sie dürfen nicht wissen, wen er betrifft."
NOT_FOR_THIS = "„{}“ ist kein Zweck, zu dem Sie das wissen dürfen. Einen anderen aus der Liste wählen."
ONLY_OFFICES = "Einen Fall legt das Amt an, das ihn hat."
OTHER_CASE = "Unter diesem Schlüssel ist schon ein anderer Fall angelegt. Die Seite neu laden und noch einmal eingeben."

GONE_CASE = (
    "Unter diesem Schlüssel ist schon etwas geändert, oder ein Fall angelegt worden, und wen er betraf, ist inzwischen "
    "gelöscht. Es wurde nichts angelegt. Wird er noch gebraucht: die Seite neu laden und ihn neu eingeben."
)


class Persons:
    """Opened by `persons.opening`. Every thread may call; everything raises `LisaError`. Moments (`at`) are aware."""

    def __init__(self, database: PersonDatabase) -> None:
        self._database = database

    @property
    def name(self) -> str:
        """Where it is, for people."""
        return self._database.name

    # --- who acts for whom ------------------------------------------------------------------------------------------

    def memberships(self, account: str) -> tuple[Membership, ...]:
        """Those of an account, the oldest first."""
        return tuple(map(members.member, self._database.rows(members.OF_AN_ACCOUNT, account)))

    def all_memberships(self) -> tuple[Membership, ...]:
        return tuple(map(members.member, self._database.rows(members.ALL)))

    def join(self, new: Membership, at: datetime, by: str = "") -> bool:
        """From now on this account may act for this party. `by`: the account that says so. False: it does already."""
        return self._database.run(lambda do: members.join(do, new, at, by))

    def end(self, old: Membership, at: datetime, by: str = "") -> bool:
        """From now on it may not any more; other processes see it with their next question. False: it did not."""
        return self._database.run(lambda do: members.end(do, old, at, by))

    # --- of whom a case is ------------------------------------------------------------------------------------------

    def enter(
        self,
        who: Membership,
        key: str,
        people: Sequence[NamedPerson],
        purpose: Purpose,
        at: datetime,
        reference: str = "",
    ) -> CaseLine:
        """A new case of this office; by the same key again: the same one. Its id is made of nothing. `reference`: what
        the office calls it by itself."""
        _check_purpose(who, purpose)
        if not has_right(who.actor, Right.PLACE):
            raise NotShown(ONLY_OFFICES)
        own, text, called = party(who.actor), text_of(checked(people, at.date())), reference_of(reference)
        asked = name_of_wish(own, key)

        def work(do: Statements) -> CaseLine:
            known = do("select id, number, created, reference, people from sojus_person_case where asked = ?", asked)
            for *columns, was in known:
                if (was, columns[-1]) != (text, called):
                    raise LisaError(OTHER_CASE)
                return cases.line(tuple(columns))
            if is_used(do, asked):
                raise LisaError(GONE_CASE)
            made = cases.made(do, own, asked, text, called, at)
            note(do, who, AuditDeed.ENTERED, made.case, own, purpose, at)
            return made

        return self._database.run(work)

    def cases(self, who: Membership, most: int, before: int = 0, wanted: str = "") -> Sequence[CaseLine]:
        """So many of the own office, the newest first; no names. `before`: only lower numbers, 0: from the newest on.
        `wanted`: "7" or "Fall 7" is that one, before all whose file number holds this text."""
        if not has_right(who.actor, Right.PLACE):
            return ()
        return cases.page(self._database.rows, party(who.actor), before, wanted, most)

    def called(self, who: Membership, wanted: Collection[CaseId]) -> Sequence[CaseLine]:
        """Those of the own office among these."""
        if not has_right(who.actor, Right.PLACE):
            return ()
        return cases.called(self._database.rows, party(who.actor), wanted)

    def named(self, wanted: Collection[CaseId]) -> set[CaseId]:
        """Those among these of which a name is known; they are asked about by whoever has them."""
        return cases.named(self._database.rows, wanted)

    def owner(self, case: CaseId) -> Party | None:
        """The office whose case it is; None: it is none, or was forgotten."""
        row = cases.found(self._database.rows, case)
        return row and row.owner

    def show(
        self, who: Membership, case: CaseId, purpose: Purpose, at: datetime, *, knows: bool
    ) -> tuple[NamedPerson, ...]:
        """Of whom it is. `knows`: whether who asks may know it: `looking.look` finds that out. Raises `NotShown`; that
        stands in the audit as well, if there is such a case."""
        _check_purpose(who, purpose)

        def work(do: Statements) -> tuple[NamedPerson, ...] | None:
            if (row := cases.found(do, case)) is None:
                return None
            note(do, who, AuditDeed.SEEN if knows else AuditDeed.REFUSED, case, row.owner, purpose, at)
            return people_of(row.people) if knows else None

        if (found := self._database.run(work)) is None:
            raise NotShown(NOT_SHOWN)
        return found

    def correct(self, asked: NameWish, people: Sequence[NamedPerson], reference: str | None = None) -> bool:
        """Other people, by the office whose case it is; what stood there before is gone, from the files with the next
        `leave_no_traces`. `reference`: None, as before. False: it was done under this key. Raises `NotShown`."""
        text = text_of(checked(people, asked.at.date()))
        return self._change(asked, Written(text, None if reference is None else reference_of(reference)))

    def forget(self, asked: NameWish) -> bool:
        """By the office whose case it is: nobody finds out by it any more of whom it was. False: it was done under this
        key. Raises `NotShown`."""
        return self._change(asked, None)

    # --- what was done ----------------------------------------------------------------------------------------------

    def audit(
        self, who: Membership, last: int = 200, case: CaseId | None = None, before: int = 0
    ) -> tuple[AuditLine, ...]:
        """What the own people did, and others with cases of the own office; the newest first. `case`: only with it.
        `before`: only lines with lower numbers; 0: from the newest on."""
        if not has_right(who.actor, Right.AUDIT):
            return ()
        return audit.lines(self._database.rows, who, last, case, before)

    def notices(self, to: Party | None, after: int = 0, since: datetime | None = None) -> tuple[NameNotice, ...]:
        """Who has to hear that a name was corrected or deleted that they were told, the oldest first. `to`: only these.
        `after`: a line of the audit; `since`: deleted ones only from this moment on."""
        return audit.notices(self._database.rows, to, after, since.isoformat() if since else "")

    def noted(self) -> int:
        """The number of the last line of the audit."""
        ((numbered,),) = self._database.rows("select numbered from sojus_person_state")
        return int(numbered)

    def check(self) -> None:
        """Raises `LisaError` where the audit was altered."""
        self._database.run(lambda do: audit.check(self.name, do))

    # --- terms ------------------------------------------------------------------------------------------------------

    def known(self) -> tuple[KnownCase, ...]:
        """All cases of which a name is known."""
        rows = self._database.rows("select tenant, office, id, created from sojus_person_case order by id")
        return tuple(
            KnownCase(
                Party(Role.YOUTH_OFFICE, OfficeId(office), TenantId(tenant)), CaseId(id_), date.fromisoformat(created)
            )
            for tenant, office, id_, created in rows
        )

    def let_go(self, due: Mapping[KnownCase, date | None], begins: date, at: datetime) -> int:
        """Forget cases whose day has come, and lines of the audit before `begins`, with all traces; how many cases."""
        gone = [one for one, day in due.items() if day is not None and day <= at.date()]

        def work(do: Statements) -> int:
            for one in gone:
                cases.let_go(do, one.case, at)
                audit.write(do, audit.AuditNote(at, AuditDeed.RAN_OUT, None, case=one.case, owner=one.owner))
            do("delete from sojus_person_wish where at < ?", begins.isoformat())
            if audit.let_go(do, begins) or gone:
                do(NOTE_TRACES)
            return len(gone)

        done = self._database.run(work)
        self.leave_no_traces()
        return done

    def leave_no_traces(self, within_s: float | None = None) -> bool:
        """In the files, of all that was deleted so far; they are written anew. What cannot be now, or takes longer, is
        done next time: False."""
        ((traces,),) = self._database.rows("select traces from sojus_person_state")
        if traces > 0:
            try:
                self._database.scrub(within_s)
                self._database.run(lambda do: do(NO_TRACES, traces))
            except MachineError:
                return False
        return True

    def close(self) -> None:
        self._database.close()

    # --- what all of it needs -----------------------------------------------------------------------------------------

    def _change(self, asked: NameWish, new: Written | None) -> bool:
        _check_purpose(asked.who, asked.purpose)
        if (done := self._database.run(lambda do: change(do, asked, new))) is None:
            raise NotShown(NOT_SHOWN)
        return done


def _check_purpose(who: Membership, purpose: Purpose) -> None:
    if who.actor.role not in purpose.roles:
        raise LisaError(NOT_FOR_THIS.format(purpose.name))
