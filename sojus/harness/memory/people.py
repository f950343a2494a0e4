"""Cases and of whom they are, in memory: kept apart from the log, asked with a purpose, and let go of by a term."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from lisa_core.domain.model.json_types import JsonMap
from sojus.config.privacy_file import load_privacy
from sojus.domain.model.actors import Actor
from sojus.domain.model.ids import CaseId
from sojus.domain.placement.moves import party
from sojus.domain.rights.members import Membership
from sojus.domain.rights.purposes import Purpose, purposes_of
from sojus.harness.memory.answers import said
from sojus.harness.seen import Answer, Denied, purpose_named
from sojus.service.own.name_changes import newest
from sojus.service.own.name_words import TOLD_FOR
from sojus.service.service import Service
from sojus.store.persons.changing import NameWish
from sojus.store.persons.looking import look
from sojus.store.persons.opening import open_persons
from sojus.store.persons.terms import run_terms
from sojus.store.persons.values import NamedPerson, NotShown


class MemoryPeople:
    """For everybody at one portal. An account is called as its office."""

    def __init__(self, service: Service) -> None:
        self._service, self._persons = service, open_persons(None)
        self._privacy = load_privacy()

    def enter(self, actor: Actor, key: str, name: str, purpose: str, at: datetime) -> str:
        """A case; its id."""
        who, people = _member(actor), (NamedPerson(name),)
        return str(self._persons.enter(who, key, people, self._purpose(actor, purpose), at).case)

    def look(self, actor: Actor, case: str, purpose: str, at: datetime) -> Sequence[str]:
        """Of whom it is. Raises `Denied`."""
        meant = self._purpose(actor, purpose)
        try:
            found = look(self._persons, self._service.kept.reading, _member(actor), CaseId(case), meant, at)
        except NotShown as no:
            raise Denied(Answer(str(no), "right")) from no
        return [one.name for one in found]

    def correct(self, actor: Actor, key: str, case: str, name: str, purpose: str, at: datetime) -> Answer:
        """Somebody else."""
        asked = NameWish(_member(actor), key, CaseId(case), self._purpose(actor, purpose), at)
        try:
            self._persons.correct(asked, (NamedPerson(name),))
        except NotShown as no:
            return Answer(str(no), "right")
        return Answer("Berichtigt.")

    def forget(self, actor: Actor, key: str, case: str, purpose: str, at: datetime) -> Answer:
        """Nobody any more."""
        if (still := self._service.keeps_name(actor, CaseId(case))) is not None:
            return Answer(still.error, still.reason.value)
        try:
            self._persons.forget(NameWish(_member(actor), key, CaseId(case), self._purpose(actor, purpose), at))
        except NotShown as no:
            return Answer(str(no), "right")
        return Answer("Gelöscht.")

    def changed(self, actor: Actor, at: datetime) -> Sequence[str]:
        """What somebody is told of names that they were told before."""
        notices = self._persons.notices(party(actor), since=at - TOLD_FOR)
        return [one.sentence for one in self._service.changed_names(actor, newest(notices))]

    def audit(self, actor: Actor) -> Sequence[JsonMap]:
        """What was done with the cases of an office, the newest first."""
        return [said(line) for line in self._persons.audit(_member(actor))]

    def a_new_day(self, now: datetime) -> None:
        """What has had its time goes."""
        run_terms(self._persons, self._service.kept, self._privacy.retention, now)

    def close(self) -> None:
        self._persons.close()

    def _purpose(self, actor: Actor, name: str) -> Purpose:
        mine = {one.name: one for one in purposes_of(self._privacy.purposes, actor.role)}
        return mine[purpose_named(name, mine)]


def _member(actor: Actor) -> Membership:
    return Membership(str(actor.office), actor)
