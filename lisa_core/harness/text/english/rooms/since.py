"""What is said of bundles that lean on earlier ones: what still holds, and why something does not."""

from __future__ import annotations

SINCE: dict[str, str] = {
    "worauf sich das Paket stützt, ist von anderer Art oder Fassung": (
        "what the bundle leans on is of another kind or version"
    ),
    "worauf sich das Paket stützt, ist unlesbar": "what the bundle leans on cannot be read",
    "ein Szenario stützt sich auf zwei Pakete": "a scenario leans on two bundles",
    "die Teile des Programms sind von anderer Art oder Fassung": (
        "the parts of the program are of another kind or version"
    ),
    "die Teile des Programms sind unlesbar": "the parts of the program cannot be read",
    "{}: Der Strom widerspricht sich so, dass er sich nicht nachrechnen lässt.": (
        "{}: The stream contradicts itself in a way that cannot be worked out again."
    ),
    "Früheres Paket {}…": "Earlier bundle {}…",
    "{}: Das stützt sich auf frühere Pakete. Mit --against vorlegen: {}": (
        "{}: This leans on earlier bundles. Present them by --against: {}"
    ),
    "{}: Darauf kann sich kein neues Prüfpaket stützen. {}": "{}: No new bundle can lean on this. {}",
    "Das frühere Prüfpaket": "The earlier bundle",
    "So entsteht kein Prüfpaket, das sich auf Früheres stützt:": "No bundle that leans on earlier ones comes of this:",
    "Diese Szenarien sind nicht noch einmal gelaufen: Nichts, was sie benutzen, ist anders als in dem früheren Paket. "
    "Das Urteil oben ist das ohne sie; mit ihnen sagt es lisa verify --against, wenn die früheren Pakete vorliegen.": (
        "These scenarios have not run again: nothing that they use differs from the earlier bundle. The verdict above "
        "is the one without them; with them lisa verify --against tells it when the earlier bundles are at hand."
    ),
    "Worauf sich das stützt": "What this leans on",
    "Szenario, das weiter gilt": "Scenario that still holds",
    "Es war zuletzt {}.": "It was {} last.",
    "In den früheren Paketen ist es nicht gelaufen.": "It has not run in the earlier bundles.",
    "Das Programm ist ein anderes": "The program is another one",
    "Eine Bibliothek oder Python ist eine andere Version": "A library or Python is of another version",
    "Das Betriebssystem ist ein anderes": "The operating system is another one",
    "Ein Satz ist nicht von LISA ({}): Was er tut, steht nirgends.": (
        "A step is not LISA's own ({}): what it does stands nowhere."
    ),
    "Der Text von {} ist ein anderer.": "The text of {} is another one.",
    "Die Klasse ist eine andere: vorher {}.": "The class is another one: before {}.",
    "Die Uhr ist eine andere: vorher {}, jetzt {}.": "The clock is another one: before {}, now {}.",
    "Die Teile des Programms passen nicht zu seiner Prüfsumme.": "The parts of the program do not fit its digest.",
    "Das Profil ist ein anderes (nicht nur ein Gerät).": "The profile is another one (not only a device).",
    "{}: Im Profil ist slots.{} anders.": "{}: In the profile slots.{} differs.",
    "Im Profil ist slots.{} anders.": "In the profile slots.{} differs.",
    "{}: Was hinter dem Adapter steht, ist von hier nicht zu sehen.": (
        "{}: What stands behind the adapter cannot be seen from here."
    ),
    "Die Klasse {} verlangt etwas anderes als vorher.": "The class {} asks for something else than before.",
    "Die Anforderung {} ist eine andere.": "The requirement {} is another one.",
    "Das Programm ist ein anderes, und welcher Teil, steht im Paket nicht.": (
        "The program is another one, and which part the bundle does not say."
    ),
    "Der Treiber {} ist ein anderer.": "The driver {} is another one.",
    "Der Satz in {} ist ein anderer.": "The step in {} is another one.",
    "{}: Was jetzt dort hängt, ist im neuen Lauf nicht zu sehen.": (
        "{}: What hangs there now is not to be seen in the new run."
    ),
    "{} auf das Paket {}": "{} on the bundle {}",
    "Lauf vom {}.": "run of {}.",
    "1 Szenario stützt sich": "1 scenario leans",
    "{} Szenarien stützen sich": "{} scenarios lean",
    "Es ist nicht ganz: {}": "It is not whole: {}",
    "Es ist mit einem anderen Schlüssel unterschrieben: Gestützt wird nur auf eigene Pakete.": (
        "It is signed with another key: one leans on one's own bundles only."
    ),
    "Sein Lauf ist nicht ohne Fehler zu Ende gegangen.": "Its run has not ended without errors.",
    "Die Teile des Programms im Paket sind nicht die dieses Programms.": (
        "The parts of the program in the bundle are not those of this program."
    ),
    "Sein Lauf war noch nicht zu Ende, als der neue begann: Eine der Uhren ging falsch.": (
        "Its run had not ended when the new one began: one of the clocks was wrong."
    ),
    "„{}“ gilt nur zusammen mit seinen Wiederholungen.": "“{}” holds only together with its repetitions.",
    "„{}“ ist im früheren Paket dabei, und hier ist es nicht gelaufen. {}": (
        "“{}” is part of the earlier bundle and has not run here. {}"
    ),
    "Die Daten des Programms, mit dem das Paket gemacht ist, sind nicht die von hier.": (
        "The data of the program that made the bundle are not those of this machine."
    ),
    "{}, und das ist nicht vorgelegt.": "{}, which was not presented.",
    "„{}“ ist neu gelaufen und soll sich doch auf Früheres stützen.": (
        "“{}” has run anew and yet is said to lean on something earlier."
    ),
    "„{}“ gilt nicht weiter: {}": "“{}” does not hold any more: {}",
    "Es gälte weiter.": "It would still hold.",
    "„{}“ ist zuletzt in einem anderen Paket gelaufen, als dort steht.": (
        "“{}” last ran in another bundle than is said there."
    ),
    "{}: Dort stand auf „{}“ die Nummer {}, hier steht {}.": "{}: There the number on “{}” was {}, here it is {}.",
    "Gegengezeichnet ist „{}“; ob das folgt, zeigen erst die früheren Pakete.": (
        "Countersigned is “{}”; whether that follows only the earlier bundles show."
    ),
    "Damit zu sehen ist, was jetzt dort hängt.": "So that what hangs there now can be seen.",
    "Alle noch einmal: {}": "All once more: {}",
    "1 Szenario gilt weiter aus dem Paket {}: Nichts, was es benutzt, ist anders.": (
        "1 scenario still holds from the bundle {}: nothing that it uses differs."
    ),
    "{} Szenarien gelten weiter aus dem Paket {}: Nichts, was sie benutzen, ist anders.": (
        "{} scenarios still hold from the bundle {}: nothing that they use differs."
    ),
}
