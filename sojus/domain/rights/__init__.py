"""Who may do and see what: pure, a table of rights and functions from rows of the state to what somebody sees of them.

How it works: a `members.Membership` says for whom an account acts. `table` has the rights of each role, and the right
that each act needs; whose place or case it is, the machine asks. `views` makes of a row what somebody sees of it, or
nothing. `knowing` says who may know of whom a case is, and `purposes` for what; `retention` when that is forgotten.
`numbers` are all that a ministry sees. Tenants (`tenants`) are Landkreise and the Land that they are in.
"""
