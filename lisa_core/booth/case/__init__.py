"""The case at work in a booth. Rules are pure and live in `domain.case`; here is what they ask for.

`case_file.CaseFile` holds the case of the present visit, steps it and tells the desk how it stands; it returns the work
to be done and the events for the visit. `casework.Casework` does the work (scan, sign, seal, send, print) with devices,
vault and link. `signature.collect` decides when a signature is complete.
"""
