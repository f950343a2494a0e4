"""What each kind of act, and of entry of a provider, is called in the log: for good, whatever its class is called."""

from __future__ import annotations

from collections.abc import Mapping

from sojus.domain.placement import events as e
from sojus.domain.register import entries as r

NAMES: Mapping[type, str] = {
    e.TakeIn: "take_in",
    e.Reserve: "reserve",
    e.Rebook: "rebook",
    e.Extend: "extend",
    e.Cancel: "cancel",
    e.Confirm: "confirm",
    e.Decline: "decline",
    e.Join: "join",
    e.Ask: "ask",
    e.Propose: "propose",
    e.PassOver: "pass_over",
    e.Accept: "accept",
    e.Withdraw: "withdraw",
    e.Admit: "admit",
    e.ChangeStay: "change_stay",
    e.Agree: "agree",
    e.MoveStay: "move_stay",
    e.Discharge: "discharge",
    e.TakeBack: "take_back",
    e.Approve: "approve",
    e.RecordContacts: "record_contacts",
    e.CorrectContacts: "correct_contacts",
    e.KeepSearch: "keep_search",
    e.DropSearch: "drop_search",
    e.Elapsed: "elapsed",
    r.Provider: "provider",
    r.Facility: "facility",
    r.Group: "group",
    r.Place: "place",
    r.Rate: "rate",
    r.Removal: "removal",
    r.Closure: "closure",
    r.Stay: "stay",
    r.Confirmation: "confirmation",
}
RULES = "rules"
"""Of the entry that says by which vocabularies and terms all later acts are decided."""
