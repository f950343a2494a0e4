"""What a vendor hands in and a Landkreis checks months later, offline: one file, the bundle (`lisa certify`, `verify`).

    a kept run --> gather: profile, requirements, versions --> bundle: a stored ZIP, the same bytes for the same run
                                                                 |
    messages.ndjson --> fidelity: planned is executed            |   dsse: who signed that (Ed25519)
                    --> retrial:  every verdict once more      --+-> verify: is it whole, do its verdicts follow?
                    --> headline: zertifizierbar, nicht bestanden, unvollständig, Probelauf

A bundle's verdict is a pure function of its stream: nothing that somebody wrote beside it counts. Limits are those of
whoever checks, where he has them. Two answers, never mixed: whether the bundle is whole and its verdicts follow from
its stream, and its headline. That a device is physical no program can say (ADR 60); the second signer attests it.
"""
