"""Help in English: what each command does, by its name; its options stand in `options`.

Whole is that of the commands that have `--lang`; of all others there is the line in the list of `lisa --help`.
"""

from __future__ import annotations

HELPS: dict[str, str] = {
    "check": """Show all mistakes of a profile at once, with file, line and what to do. No device is touched.

Keys, drivers, ports, options, two devices at one port, limits, Landkreis and site. Warning: what the class asks for
and no device declares (capabilities).

\b
Example:   lisa profile check px2.toml
Exit:      0 no mistake · 4 mistakes found
""",
    "probe": """Open each device of a profile and ask who it is, what it can do, how long the way to it takes.

What the profile declares (vendor, model, serial, firmware, capabilities) is compared with what the device says. A
device that does not answer counts as set up wrongly and never as not conforming.

\b
Example:   lisa profile probe px2.toml --write
Exit:      0 all there · 1 contradiction · 2 cannot be asked · 3 driver broken · 4 set up wrongly
""",
    "find": """Show what is attached to this computer and announces itself on the network, and what each may be.

Serial ports, cameras, signature pads, card readers, sound devices; scanners (eSCL) and printers (IPP) on the network.
No device is opened or asked. Takes six seconds at most.

\b
Example:   lisa profile find --write px2.toml --slot presence
           lisa profile find --write px2.toml --slot presence=rfc2217://lab:4001 --slot scanner
Exit:      0 something found · 2 nothing, or not clear what to bind · 4 wrong input
""",
    "certify": """Test a device or a booth for a class and sign the result as a bundle.

\b
Example:   lisa certify --profile mine.toml --class praesenzsensor-2026.1 --plan
           lisa certify --profile mine.toml --class praesenzsensor-2026.1 --new-key key.pem
           lisa certify --profile mine.toml --class praesenzsensor-2026.1 --key key.pem
           lisa certify --profile mine.toml --class praesenzsensor-2026.1 --since old.zip --plan
           lisa certify --resume --key key.pem
           lisa certify --from latest --key key.pem
Exit:      0 certifiable · 1 failed · 2 incomplete or trial run · 4 wrong input · 5 the computer
           130 interrupted: goes on with --resume
""",
    "verify": """Check a bundle: whether it is whole, who signed it, and each verdict once more from its stream.

\b
Example:   lisa verify pruefpaket.zip --trust vendor.pub
Exit:      0 certifiable · 1 failed · 2 incomplete, trial run or nobody's key
           4 no bundle, changed or a stranger's key · 5 the computer
""",
    "countersign": """Countersign a bundle, sign a list of trust, or print a challenge.

\b
Example:   lisa countersign --challenge --key office.pem
           lisa countersign pruefpaket.zip --key office.pem --by "Erika Muster" --device presence=SN-0815
           lisa countersign trust.toml --key office.pem
Exit:      0 · 4 wrong input, bundle not whole · 5 the computer
""",
    "lisa": """Test harness and emulator for citizen-service booths (Digitale Bürgerbüros).

\b
Example:   lisa run                     all scenarios that come along
           lisa up                      a booth to try out
""",
    "run": """Run scenarios: folders, .feature files or file.feature:12. Unless given, those that come along.

\b
Example:   lisa run features/empfang --clock virtual
Exit:      0 all passed · 1 failed · 2 not checked · 3 fault of the harness · 4 wrong input
           5 the computer lacks something (space, memory, port) · 130 interrupted
""",
    "lint": """Show all mistakes in scenarios and requirements, without running anything.

Folders, .feature files or file.feature:12; unless given, those that come along. What is right here also runs with
"lisa run". The rules are explained in docs/regeln.md (German).

\b
Example:   lisa lint kabinentest
Exit:      0 no mistake · 4 mistakes found
""",
    "merge": """One report of the parts of a run (lisa run --shard); what is missing is named in it.

\b
Example:   lisa merge part-1 part-2 part-3 --out out --durations durations.json
Exit:      as for lisa run; never 0 where a part is missing
""",
    "doctor": """Show what this computer has, and what stays untested without the rest.

\b
Example:   lisa doctor
           lisa doctor --driver escl
""",
    "driver": """A driver as a package of its own: codec, driver, emulated device, recording, profile, tests, manual.

The language in it is made up; whoever builds a device puts the real one in its place.

\b
Example:   lisa new driver acme_px2 --slot presence && cd acme_px2 && pip install -e . && pytest
""",
    "portal": """SoJuS: find free places and help, reserve them, report them, in real time.

Without another command it starts; the commands say who acts for which office. Several may work on one database.

\b
Example:   lisa portal --demo
           lisa portal --listen 0.0.0.0:443 --certificate land.pem --key land.key --data /var/lib/sojus \\
             --offices offices.toml
           lisa portal member add e.muster --role jugendamt --office jugendamt --tenant uckermark \\
             --data /var/lib/sojus
""",
    "member": """Who acts for which office: enter, show, end.

\b
Example:   lisa portal member list --data /var/lib/sojus
""",
    "emulate": """One emulated device alone, or with "booth" all those of a booth in one world.

The first line is JSON: device, pid, url or path, world; for "booth" devices with url or path of each. How other
programs use them, also by the control port "world", is told in docs/emulieren.md (German).

\b
Example:   lisa emulate scanner --listen 127.0.0.1:0 --act "lay_on_glass page=mietvertrag:1"
           lisa emulate booth --personality scanner=canon-d570 --faults door.stumm@5s+1s
""",
    "record": """Record what a device and its driver say to each other; without pages, strokes, documents and names.

The device is opened, and what its slot promises is done: standing before it, putting in sheets, signing. A printer
prints a test page. In a profile the file plays in the place of the device.

\b
Example:   lisa record --profile radar.toml --slot presence --out radar.trace
Profile:   binding = "replay:radar.trace"
Capture:   lisa record --from caught.pcapng --slot scanner --out scanner.trace
Scenarios: lisa record --profile radar.toml --out folder -- features/empfang
Exit:      0 recorded · 4 wrong input or no device · 5 the computer lacks something (space, port)
           with scenarios that of lisa run
""",
    "profile": """Check a hardware profile before anything runs; ask its devices who they are; find devices.

\b
Example:   lisa profile check px2.toml
""",
    "abnahme": "Report for the acceptance of a whole system from kept runs: requirements, defects, signatures.",
    "backup": "Copy log and inbox of an exchange into one file, while it works.",
    "booth": "The program on the computer in the booth.",
    "compare": "Compare two runs: what no longer passes, what does again, what is missing, new or slower.",
    "exchange": "The exchange of the Landkreis: calls, desks, inbox.",
    "gate": "Say whether a run (unless given, the newest) keeps the rules of a file: each with what it asks and found.",
    "history": "The last verdicts and times of each scenario; with a part of its name, each run.",
    "log": "The logs of an exchange and of who came in, a line of JSON for each entry.",
    "migrate": "Rewrite old words in scenarios, hardware profiles and files of a Landkreis.",
    "new": "Make something new that is green at once.",
    "restore": "Fill a new folder or an empty database from a backup; nothing is overwritten.",
    "site": "Booths that may connect: enter a site.",
    "simulate": "Many booths and days in virtual time: waits, outcomes, invariants, digest.",
    "steps": "Show all steps that scenarios can be written with.",
    "user": "Accounts for logging in: add, list, disable, reset.",
    "up": "A booth to try out: desks, screen and the simulated booth in a browser.",
}
