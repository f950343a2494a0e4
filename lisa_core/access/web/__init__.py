"""Log-in pages and cookies, for any application of ours that asks who somebody is.

`gate.Gate` brings the routes (`/anmelden`, `/abmelden`, `/konto`, `/kennwort`) and tells who is behind a connection;
`cookies` writes and reads what the browser keeps. What changes something is JSON from a page of the same origin: a form
of somebody else's page cannot say that, and where to go next is never in an address, so nobody is sent elsewhere.
"""
