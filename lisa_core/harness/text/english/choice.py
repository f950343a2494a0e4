"""English twins of what is said about runs that leave scenarios out, and about parts of runs; see english.py."""

from __future__ import annotations

CHOICE = {
    "Datei geändert": "file changed",
    "Datei neu": "new file",
    "Szenario neu": "new scenario",
    "Szenario geändert": "scenario changed",
    "Hintergrund geändert": "background changed",
    "Satz geändert ({place})": "sentence changed ({place})",
    "Antrag geändert ({place})": "form changed ({place})",
    "Unterlage geändert ({place})": "paper changed ({place})",
    "Anforderung geändert ({names})": "requirement changed ({names})",
    "{path} geändert": "{path} changed",
    "{reason} (weitere Gründe: {count})": "{reason} (more reasons: {count})",
    "was vorher in der Datei stand, weiß git nicht": "git does not know what stood in this file before",
    "was vorher in {path} stand, weiß git nicht": "git does not know what stood in {path} before",
    "seit {revision}": "since {revision}",
    "weil": "because",
    "Nur was eine Änderung {since} berühren kann: {chosen} von {total} Szenarien.": (
        "Only what a change {since} can touch: {chosen} of {total} scenarios."
    ),
    "Keine Änderung {since} kann hier etwas berühren: 0 von {total} Szenarien.": (
        "No change {since} can touch anything here: 0 of {total} scenarios."
    ),
    "Teil {number} von {parts}: {count} von {total} Szenarien.": (
        "Part {number} of {parts}: {count} of {total} scenarios."
    ),
    "Zuletzt dauerten sie zusammen {time}.": "They last took {time} together.",
    "„{text}“ ist kein Teil.": "“{text}” is no part.",
    "Zum Beispiel 3/8 schreiben: der dritte von acht, höchstens {most}.": (
        "Write 3/8, for example: the third of eight, {most} at most."
    ),
    "Das sind keine Dauern.": "These are no durations.",
    "„{name}“ hat keine Dauer in Sekunden.": "“{name}” has no duration in seconds.",
    "Neu schreiben lassen: lisa merge ORDNER --durations DATEI": (
        "Have it written anew: lisa merge FOLDER --durations FILE"
    ),
    "{path}: lässt sich nicht lesen ({why}).": "{path}: cannot be read ({why}).",
    "git ist nicht installiert; ohne git weiß LISA nicht, was sich geändert hat.": (
        "git is not installed; without git LISA does not know what has changed."
    ),
    "Die Szenarien liegen in verschiedenen Git-Verzeichnissen ({names}).": (
        "The scenarios lie in several git checkouts ({names})."
    ),
    "Nacheinander ausführen.": "Run one after the other.",
    "{path}: Hier ist kein Git-Verzeichnis.": "{path}: This is no git checkout.",
    "Ohne --affected ausführen, oder vorher „git init“ und einen Stand festhalten.": (
        "Run without --affected, or “git init” and commit before."
    ),
    "Den Stand „{revision}“ kennt git hier nicht.": "git does not know the revision “{revision}” here.",
    "Der Klon ist flach: „git fetch --unshallow“, in einer CI die ganze Geschichte holen (fetch-depth: 0).": (
        "The clone is shallow: “git fetch --unshallow”, in a CI fetch the whole history (fetch-depth: 0)."
    ),
    "Nennen, was „git log“ zeigt, einen Zweig oder ein Tag; zum Beispiel --affected HEAD.": (
        "Name what “git log” shows, a branch or a tag; for example --affected HEAD."
    ),
    "git sagt nicht, was sich geändert hat ({why}).": "git does not say what has changed ({why}).",
    "Es ist kein Lauf genannt.": "No run is named.",
    "{title} ist nicht überall gleich: {found}.": "{title} is not the same everywhere: {found}.",
    "Die Läufe sind verschieden geteilt, in {found} Teile.": "The runs are divided differently, into {found} parts.",
    "Nur Teile eines und desselben Laufs zusammenfügen.": "Merge only parts of one and the same run.",
    "Das Szenario „{name}“ kommt in zwei Läufen vor.": "The scenario “{name}” is in two runs.",
    "Teil {number} von {parts} fehlt.": "Part {number} of {parts} is missing.",
    "{part} ist unvollständig: {state}.": "{part} is incomplete: {state}.",
    " und {count} weitere": " and {count} more",
    "Nicht ausgeführt: {names}.": "Not run: {names}.",
    "Teil {number} von {parts}": "Part {number} of {parts}",
    "Der Lauf vom {time}": "The run of {time}",
    "Die Teile liefen mit verschiedenen Ständen von LISA: {found}.": (
        "The parts ran with different commits of LISA: {found}."
    ),
    "Die Datei {path} war nicht in allen Teilen gleich.": "The file {path} was not the same in all parts.",
    "Zusammengefügt aus {count} Läufen.": "Merged from {count} runs.",
    "Es ist nur ein Teil da.": "There is one part only.",
    "Von Teil {numbers} gilt der neuere Lauf.": "Of part {numbers} the newer run counts.",
    "{path}: Hier liegt kein Bericht (messages.ndjson fehlt).": (
        "{path}: There is no report here (messages.ndjson is missing)."
    ),
    "Den Ordner nennen, den lisa run mit --out bekam.": "Name the folder that lisa run was given with --out.",
    "{path}: Das ist kein Bericht, den diese Fassung lesen kann ({why}).": (
        "{path}: This is no report that this version can read ({why})."
    ),
    "Mit derselben Fassung von LISA ausführen und zusammenfügen.": "Run and merge with the same version of LISA.",
    "{path}: lässt sich nicht schreiben ({why}).": "{path}: cannot be written ({why}).",
    "„{sentence}“ braucht {names}; hier gibt es das nicht.": "“{sentence}” needs {names}; there is none of that here.",
    "Auf „{sentence}“ passen mehrere Schritte.": "Several steps match “{sentence}”.",
    "Dieser Test läuft in einer anderen Schleife als die Kabine.": "This test runs in another loop than the booth.",
    "LISA führt „async def“ selbst aus: Marken wie asyncio oder anyio weglassen.": (
        "LISA runs “async def” itself: leave out marks such as asyncio or anyio."
    ),
    "In Szenarien gibt es „booth“ nicht.": "There is no “booth” in scenarios.",
    "Ein Schritt nimmt „scene“: die Welt des Szenarios.": "A step takes “scene”: the world of the scenario.",
    "Wartet auf gespeicherte Dateien. Ende: Strg-C": "Waiting for files to be saved. End: Ctrl-C",
    "Gespeichert: {names}": "Saved: {names}",
    "Das kann kein Szenario berühren.": "That can touch no scenario.",
    "seit dem letzten Lauf": "since the last run",
    "{path}: nichts aufzuschreiben; Dauern misst nur ein Lauf mit echter Uhr.": (
        "{path}: nothing to write down; only a run on the real clock measures durations."
    ),
}
