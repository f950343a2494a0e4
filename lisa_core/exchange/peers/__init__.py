"""Who is connected to the exchange, how they say hello, and how fast they may speak."""
