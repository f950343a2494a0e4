"""The report of a run as one HTML page: what a person reads who was not there.

    record.RunRecord --> opening.opening   the first sentence: scenarios and requirements
                     --> failing.told      what was expected, what came instead
                     --> words             no identifier reaches a reader
                     --> report.html.jinja and its parts, report.css, print.css, report.js --> report.render

All of it is inside the file: it opens offline, under a policy that lets nothing in and runs the one script whose digest
it names. Without that script the page says the same, folded; what it adds is looking for things.
"""
