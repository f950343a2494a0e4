"""What may be a name and a password, how often one may try, when a session is over, who may what: tables."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lisa_core.access.accounts import INITIAL_S, Account, AccountRole, is_initial_over
from lisa_core.access.attempts import MOST, PACING, Attempts, Bucket
from lisa_core.access.credentials import is_guessed_soon, is_too_short, login_name, typed_password
from lisa_core.access.rights import RIGHTS, Right, desk_of, has_right
from lisa_core.access.sessions import Lack, LoginSession, SessionEnd, SessionLimits, end_of
from lisa_core.access.web.cookies import cookie_name, read_cookie, set_cookie
from lisa_core.web.networks import network_of
from tests.access.house import ADMINISTRATION, AGENT, AUDITOR, DIRECTORY, LEAD, account

NAMES = {
    "e.muster": "e.muster",
    "  E.Muster ": "e.muster",
    "ＥＲＩＫＡ": "erika",
    "Müller": "müller",
    unicodedata.normalize("NFD", "Müller"): "müller",
    "Straße": "strasse",
    "ﬁscher": "fischer",
    "x@stadt.example": "x@stadt.example",
    "еrika": "",  # a Cyrillic letter in front
    "erika muster": "",
    "erika\u200b": "",
    "erika\0": "",
    "erika\r\nSet-Cookie: x=1": "",
    "../erika": "",
    "<script>": "",
    "١٢٣": "",
    "": "",
    "a" * 65: "",
    "a" * 5_000: "",
    "\ud800": "",
}


@pytest.mark.parametrize("typed", NAMES)
def test_a_name_is_folded_or_nobodys(typed: str) -> None:
    assert login_name(typed) == NAMES[typed]


@given(st.text(max_size=80))
def test_a_folded_name_stays_as_it_is(typed: str) -> None:
    name = login_name(typed)
    assert login_name(name) == name
    assert name.isprintable()


SOON = {
    "passwortpasswort": True,
    "Landkreis2026!": True,
    "123456789012": True,
    "aaaaaaaaaaaaaaaa": True,
    "qwertzuiopüasdf": True,
    "e.muster.e.muster": True,
    "abababababab": True,
    "Vier Laternen im Nebel": False,
    "zxk7-mmq2-hh3p": False,
    "Uckermark-Pferd-Lampe": False,
}


@pytest.mark.parametrize("password", SOON)
def test_what_everybody_tries_first_is_no_password(password: str) -> None:
    assert is_guessed_soon(password, "e.muster") is SOON[password]


def test_a_password_is_composed_and_has_a_length() -> None:
    assert typed_password(unicodedata.normalize("NFD", "grüße")) == "grüße"
    assert typed_password("Ｆ") == "Ｆ", "no other folding: what she types is what counts"
    assert [typed_password(one) for one in ("a\0b", "a\nb", "\ud800" * 12, "x" * 129, "x" * 100_000)] == [""] * 5
    assert is_too_short("elf Zeichen")
    assert not is_too_short("zwölf Zeiche")


def test_a_wait_doubles_up_to_its_end_and_is_not_prolonged_by_knocking() -> None:
    attempts, key = Attempts(), (Bucket.ACCOUNT, "e.muster")
    free, most = PACING[Bucket.ACCOUNT].free, PACING[Bucket.ACCOUNT].most_s
    assert [attempts.begin((key,), 0.0) for _ in range(free)] == [0] * free
    now_s, waits = 0.0, []
    for _ in range(12):
        waits.append(attempts.begin((key,), now_s))
        assert attempts.begin((key,), now_s) == waits[-1], "to knock again changes nothing"
        now_s += waits[-1]
        assert attempts.begin((key,), now_s) == 0
    assert waits == sorted(waits)
    assert waits[:4] == [1, 2, 4, 8]
    assert waits[-1] == most == 60, "nobody is locked out by others for longer than a minute"
    assert attempts.begin((key,), now_s + 3601) == 0
    assert attempts.begin((key,), now_s + 3601) == 0, "after an hour of rest all is new"


def test_a_success_is_no_pass_for_guessing_others() -> None:
    """Somebody with an account logs in between her guesses: her address stands still all the same."""
    attempts, address = Attempts(), (Bucket.ADDRESS, "192.0.2.1")
    tried = 0
    for number in range(200):
        if attempts.begin((address, (Bucket.ACCOUNT, f"opfer{number}")), 0.0):
            break
        tried += 1
        own = (address, (Bucket.ACCOUNT, "angreiferin"))
        if attempts.begin(own, 0.0):
            break
        attempts.succeeded(own)
    assert tried <= PACING[Bucket.ADDRESS].free


def test_what_is_remembered_of_tries_has_a_bound() -> None:
    attempts = Attempts()
    for number in range(MOST + 500):
        attempts.begin(((Bucket.ACCOUNT, str(number)),), 0.0)
    assert len(attempts._tries) == MOST


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_addresses_that_one_machine_chooses_count_together(address: str, network: str) -> None:
    assert network_of(address) == network


LIMITS = SessionLimits()
ENDS = (
    (0, 0, False, None),
    (LIMITS.idle_s - 1, 0, False, None),
    (LIMITS.idle_s, 0, False, SessionEnd.IDLE),
    (LIMITS.idle_s, 0, True, None),
    (LIMITS.absolute_s, LIMITS.absolute_s, False, SessionEnd.ABSOLUTE),
    (LIMITS.absolute_s, LIMITS.absolute_s, True, None),
    (LIMITS.absolute_s + LIMITS.talk_s, LIMITS.absolute_s, True, SessionEnd.ABSOLUTE),
    (-60, 0, False, None),
)


@pytest.mark.parametrize(("now_s", "seen_s", "talking", "end"), ENDS)
def test_when_a_session_is_over(now_s: int, seen_s: int, talking: bool, end: SessionEnd | None) -> None:
    assert end_of(LoginSession("i", "a", 0, seen_s), LIMITS, now_s, talking=talking) is end
    lacking = LoginSession("i", "a", 0, now_s, (Lack.OWN_PASSWORD,))
    assert (end_of(lacking, LIMITS, now_s) is not None) is (now_s >= LIMITS.lacking_s)


def test_an_initial_password_has_a_week() -> None:
    made = Account("a", (AGENT,), account("a", "").tenant, "", set_at=1_000, initial=True)
    later = [1_000, 1_000 + INITIAL_S, 1_001 + INITIAL_S]
    assert [is_initial_over(made, now_s) for now_s in later] == [False, False, True]
    assert is_initial_over(made, 0), "a clock that was set back makes no password good again"


RIGHTS_TABLE: dict[Right, dict[AccountRole, bool]] = {
    Right.DESK: {AGENT: True, LEAD: True, ADMINISTRATION: False, AUDITOR: False},
    Right.SEATS: {AGENT: False, LEAD: True, ADMINISTRATION: False, AUDITOR: False},
    Right.ACCOUNTS: {AGENT: False, LEAD: False, ADMINISTRATION: True, AUDITOR: False},
    Right.AUDIT: {AGENT: False, LEAD: False, ADMINISTRATION: True, AUDITOR: True},
}


@pytest.mark.parametrize("role", AccountRole)
@pytest.mark.parametrize("right", Right)
def test_who_may_what(right: Right, role: AccountRole) -> None:
    somebody = account("a", "", role, "vogt")
    assert has_right(somebody, right) is RIGHTS_TABLE[right][role]
    disabled = Account("a", (role,), somebody.tenant, "", 0, disabled=True)
    assert not has_right(disabled, right)
    assert set(RIGHTS) == set(AccountRole)


@pytest.mark.parametrize(
    ("role", "agent", "tenant", "desk"),
    [
        (AGENT, "vogt", "landkreis", "vogt"),
        (LEAD, "vogt", "landkreis", "vogt"),
        (AGENT, "arendt", "aok-nordost", "arendt"),
        (AGENT, "arendt", "landkreis", None),  # the office belongs to another house
        (AGENT, "vogt", "aok-nordost", None),
        (AGENT, "niemand", "landkreis", None),
        (AGENT, None, "landkreis", None),
        (ADMINISTRATION, "vogt", "landkreis", None),
        (AUDITOR, "vogt", "landkreis", None),
    ],
)
def test_whose_desk(role: AccountRole, agent: str | None, tenant: str, desk: str | None) -> None:
    assert desk_of(account("a", "", role, agent, tenant), DIRECTORY) == desk


def test_cookies() -> None:
    assert set_cookie(cookie_name("lisa", 443, secure=True), "t", secure=True) == (
        "__Host-lisa-443=t; Path=/; HttpOnly; SameSite=Strict; Secure"
    )
    assert set_cookie(cookie_name("lisa", 8410, secure=False), "t", secure=False, lasts_s=0) == (
        "lisa-8410=t; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"
    )
    assert read_cookie(["a=1; lisa-1=t"], "lisa-1") == "t"
    assert read_cookie(["lisa-1=t; lisa-1=u"], "lisa-1") == "", "somebody has put one beside it"
    assert read_cookie(["lisa-1=t", "lisa-1=u"], "lisa-1") == ""
    assert [read_cookie([one], "lisa-1") for one in ("", "xlisa-1=t", "lisa-1", f"lisa-1={'x' * 1_001}")] == [""] * 4
