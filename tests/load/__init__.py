"""A whole Landkreis at work: 200 booths and 100 desks as real connections, as many calls as there are, for as long.

`office` is the Landkreis and its exchange, a program behind TLS; `peers` its booths and desks; `calls` what they do;
`rhythm` is when; `watch` looks at the program from outside. `measured` puts it together: `python -m tests.load 60`.
"""
