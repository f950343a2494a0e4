"""Commands for whoever decides which booth may connect, and for whoever sets one up."""
