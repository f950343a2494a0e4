"""The agent's client without a page: the same link and the same call; for scenarios, scripts and load.

`client.Desk` dials `/ws/desk`, does what buttons of the page would do, and holds what the page would show. Its media
ends are opened and closed by tasks of their own (`legs`), so that a slow one never holds up the next message.
`history` keeps what it heard, for whoever asks later.

Others may rely on `client.Desk`: connect, take, forward, consult, hang up; every method says what it sends.
"""
