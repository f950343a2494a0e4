"""Who takes the call: queue, skills, ringing, transfer, calendar. Deterministic; time comes in, messages go out."""
