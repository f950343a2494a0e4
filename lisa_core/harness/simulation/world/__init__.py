"""The acting parts of a simulation: booths, desks, exchange, links, citizens, and what goes wrong."""
