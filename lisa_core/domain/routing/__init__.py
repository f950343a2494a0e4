"""Who takes the call: queues, skills, ringing, forwarding, appointments, opening hours. Deterministic and pure.

How it works: `router.Router.decide(event, now_us)` takes one of `events` and returns `decisions`: values that say who
is to be told what, in order. `Router.next_due_us()` says when to come back with `events.Due`; nothing is ever polled.
`Router.snapshot` and `Router.restore` give the whole state as JSON and take it up again.

Others may rely on `router`, `events`, `decisions`, `seats` (read only), `appointments.Appointment` and `calendar`.
Behind the router: the rules (`desks`, `calls`, `transfers`, `bookings`) call the moves of `switchboard`, which keeps
`counters` (one office each), `eligibility` (which desk may take which call) and `alarms` (what is due when).
"""
