"""Who may do what: accounts, log-in, sessions and roles of people, for each page that asks; keys of booths.

    accounts, credentials, sessions, attempts, rights   values and decisions: no clock, no disk, no network
    hashing                                             argon2id, a few at a time, beside the loop
    entrance, second_step, second, browsers             log in, in one step or two; who it is, and until when
    openid                                              accounts of other houses, one issuer for each tenant
    administration                                      what `lisa user` does
    keeping                                             the port to where accounts and sessions lie, and SQLite
    web                                                 log-in pages and cookies, for any application of ours
    booths, codes                                       the keys of booths, and one-time codes that people read aloud
    trust                                               whom a booth or a scripted desk trusts when it dials

Of people: whoever wants to know something asks `entrance.Access`; as long as there is no account nothing is demanded,
and what serves pages then refuses every address but loopback (ADR 96). Accounts are disabled, never removed: what was
demanded once is demanded for good. Of booths it is decided on values, too (ADR 97): `exchange` asks, `booth` proves,
`cli` enters.

Others may rely on `entrance.Access`, `web.gate.Gate` and the port `keeping.port.AccessStore`.
"""
