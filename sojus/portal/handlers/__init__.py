"""Who answers which address of the portal: thin, over the service, the persons and the tables of providers.

`table` is the list of all; `asking` what changes nothing, `doing` each act, `cases` of whom a case is, `own` what is
one's own, `sheets` places from a file. Each is given who asks; that was found out before (`sojus.portal.api`).
"""
