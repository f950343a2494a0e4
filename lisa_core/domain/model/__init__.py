"""Values only: ids, time, sites, offices, services, events, commands, outcomes, frames. No I/O, no clock."""
