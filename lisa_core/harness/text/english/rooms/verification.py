"""What `lisa certify`, `lisa verify` and `lisa countersign` tell, and how a bundle stands by a list of trust."""

from __future__ import annotations

VERIFICATION: dict[str, str] = {
    "Prüfpaket: {} ({})": "Bundle: {} ({})",
    "Nachprüfen, auch anderswo und ohne Netz: lisa verify {}": "Check it, elsewhere and offline too: lisa verify {}",
    "Kennung des Pakets: {}": "Id of the bundle: {}",
    "Das Prüfpaket ist ganz, und jedes Urteil folgt aus seinem Strom ({} Szenarien).": (
        "The bundle is whole, and each verdict follows from its stream ({} scenarios)."
    ),
    "Das Prüfpaket ist NICHT in Ordnung. Es beweist nichts:": "The bundle is NOT sound. It proves nothing:",
    "Es gilt hier NICHT: {}": "It does NOT count here: {}",
    "  – und {} weitere Gründe (im PDF)": "  – and {} more reasons (in the PDF)",
    "  – und {} weitere": "  – and {} more",
    "Nicht amtlich: {}": "Not official: {}",
    "Urteil: {}": "Verdict: {}",
    "Offen: {}": "Open: {}",
    "Hinweis: {}": "Note: {}",
    "Neu gezeichnet: {}": "Drawn anew: {}",
    "Gegengezeichnet: {}": "Countersigned: {}",
    "die Aufgabe hat keinen Zeitpunkt mit Zeitzone": "the challenge has no moment with a time zone",
    "die Aufgabe ist keine, oder sie ist verändert": "the challenge is none, or was changed",
    "die Gegenzeichnung ist von anderer Art oder Fassung": "the countersignature is of another kind or version",
    "die Unterschrift der Gegenzeichnung passt nicht": "the signature of the countersignature does not fit",
    "die Gegenzeichnung gilt einem anderen Paket": "the countersignature is for another bundle",
    "Der Lauf war nach seiner Uhr am {} zu Ende, und das kommt erst noch.": (
        "By its own clock the run ended on {}, and that is still to come."
    ),
    "Gegengezeichnet ist am {}, und das kommt erst noch.": "It is countersigned on {}, and that is still to come.",
    "Die Klasse {} sagt im Paket anderes als hier, worauf {} beruht.": (
        "The class {} says in the bundle other than here what {} rests on."
    ),
    "Der Schlüssel „{}“ steht zweimal in der Liste: je Schlüssel ein Eintrag.": (
        "The key “{}” stands twice in the list: one entry for each key."
    ),
    "Die Klasse „{}“ steht zweimal in der Liste.": "The class “{}” stands twice in the list.",
    "ein Schlüssel oder eine Klasse steht zweimal darin": "a key or a class stands twice in it",
    "--by: So kann niemand heißen, der gegenzeichnet: nur Zeichen, die man drucken kann.": (
        "--by: Nobody who countersigns can be called so: only signs that can be printed."
    ),
    "die Gegenzeichnung ist unlesbar": "the countersignature cannot be read",
    "Die Liste endet, bevor sie beginnt (stand, gilt_bis).": "The list ends before it begins (stand, gilt_bis).",
    "{}: Das ist kein öffentlicher Schlüssel (PEM, Ed25519).": "{}: This is no public key (PEM, Ed25519).",
    "„{}“ ist keine Kennung eines Pakets: 64 Ziffern, wie lisa verify sie zeigt.": (
        "“{}” is no id of a bundle: 64 digits, as lisa verify shows them."
    ),
    "Der Schlüssel „{}“ endet, bevor er beginnt.": "The key “{}” ends before it begins.",
    "{}: Das ist keine unterschriebene Vertrauensliste und kein öffentlicher Schlüssel (PEM)": (
        "{}: This is neither a signed list of trust nor a public key (PEM)"
    ),
    "{}: Die Vertrauensliste ist verändert: Ihre Unterschrift passt nicht.": (
        "{}: The list of trust was changed: its signature does not fit."
    ),
    "eine andere Fassung ({})": "another version ({})",
    "{}. Eine Liste unterschreibt lisa countersign LISTE.toml --key …": (
        "{}. A list is signed by lisa countersign LIST.toml --key …"
    ),
    "{}: Diese Liste hat nicht unterschrieben, wessen Schlüssel in {} steht.": (
        "{}: This list was not signed by whoever's key is in {}."
    ),
    "Schlüssel {}…": "key {}…",
    "Geltung: {}, bis {}. Vorher endet sie mit anderer Firmware, einem anderen Gerät, einer gemeldeten Störung oder "
    "einem Eintrag unter den zurückgezogenen.": (
        "Term: {}, until {}. It ends before with another firmware, another device, a reported fault or an entry among "
        "the withdrawn ones."
    ),
    "Beginn: nicht vor {}; {}": "Start: not before {}; {}",
    "Beginn: {}.": "Start: {}.",
    "von {} bis {}": "from {} to {}",
    "Wessen Schlüssel es sind, ist nicht geprüft: mit --trust sagen, wem man glaubt.": (
        "Whose keys they are was not checked: say by --trust whom you believe."
    ),
    "Gegenzeichnung: keine. Dass das Gerät dasteht, hat niemand bezeugt.": (
        "Countersignature: none. Nobody has attested that the device is there."
    ),
    "Gegenzeichnung: {}, {}{}; {}": "Countersignature: {}, {}{}; {}",
    "{}: Nummer {}": "{}: number {}",
    "{}, bekannt: {}": "{}, known: {}",
    "Gegengezeichnet ist, bevor der Lauf zu Ende war: Eine der Uhren ging falsch.": (
        "It was countersigned before the run had ended: one of the clocks was wrong."
    ),
    "Gegengezeichnet ist „{}“, und es folgt „{}“.": "Countersigned is “{}”, and what follows is “{}”.",
    "Hersteller und Gegenzeichner haben denselben Schlüssel: Bezeugt ist damit nichts.": (
        "Vendor and countersigner have the same key: nothing is attested by it."
    ),
    "Beginn: unbestätigt (ohne Aufgabe der annehmenden Stelle).": (
        "Start: unconfirmed (without a challenge of the accepting office)."
    ),
    "Der Lauf beginnt vor seiner Aufgabe ({}): Die Uhr ging falsch.": (
        "The run begins before its challenge ({}): the clock was wrong."
    ),
    "Die Klasse {} gilt {}; der Lauf war am {}.": "The class {} counts {}; the run was on {}.",
    "{} ({}) steht NICHT unter denen, denen hier geglaubt wird.": "{} ({}) is NOT among those that are believed here.",
    "{} ({}) ist hier nicht für „{}“ eingetragen.": "{} ({}) is not entered here for “{}”.",
    "{} ({}) ist hier nicht für die Klasse {} eingetragen.": "{} ({}) is not entered here for the class {}.",
    "{} ({}) galt am {} nicht.": "{} ({}) did not count on {}.",
    "hersteller": "vendor",
    "annahme": "acceptance",
    "Unterschrift: Schlüssel {}…": "Signature: key {}…",
    "Unterschrift: {}": "Signature: {}",
    "Vertrauensliste: {}": "List of trust: {}",
    "Vertrauensliste: {}, vom {}, {} Tage alt.": "List of trust: {}, of {}, {} days old.",
    "gegenzeichnung.dsse.json: {}.": "gegenzeichnung.dsse.json: {}.",
    "Wessen Vertrauensliste es ist, ist nicht geprüft: mit --authority den Schlüssel nennen.": (
        "Whose list of trust it is was not checked: name the key by --authority."
    ),
    "Die Vertrauensliste galt bis {}: eine neuere besorgen.": "The list of trust counted until {}: get a newer one.",
    "Die Vertrauensliste ist von einem Tag, der noch kommt: die Uhr von hier prüfen.": (
        "The list of trust is of a day to come: check the clock of this machine."
    ),
    "Das Prüfpaket ist zurückgezogen: {}.": "The bundle is withdrawn: {}.",
    "Das Prüfpaket ist beschädigt oder abgeschnitten: Das Archiv lässt sich nicht lesen.": (
        "The bundle is damaged or cut off: the archive cannot be read."
    ),
    "Das ist kein Prüfpaket von LISA: So schreibt sie kein Archiv.": (
        "This is no bundle of LISA: it writes no archive like this."
    ),
    "Das Prüfpaket ist verändert: Das Archiv enthält mehr oder anderes als seine Einträge.": (
        "The bundle was changed: the archive holds more or other things than its entries."
    ),
    "das Gesamturteil": "the headline",
    "die Klasse": "the class",
    "die Angaben zum Lauf": "what is said of the run",
    "die Urteile der Szenarien": "the verdicts of the scenarios",
    "die Urteile der Anforderungen": "the verdicts of the requirements",
    "die Geräte": "the devices",
    "die Texte der Szenarien": "the texts of the scenarios",
    "die Antworten der Prüferin": "the answers of the tester",
    "Das ist zu groß für ein Prüfpaket ({} MiB, erlaubt sind {}).": "This is too large for a bundle ({} MiB of {}).",
    "Das ist kein Prüfpaket von LISA: „{}“ gehört nicht hinein.": "This is no bundle of LISA: “{}” does not belong.",
    "Dem Prüfpaket fehlt {}.": "The bundle lacks {}.",
    "Das Prüfpaket ist verändert: Seine Einträge stehen in anderer Reihenfolge.": (
        "The bundle was changed: its entries stand in another order."
    ),
    "{} fehlt; unterschrieben ist es.": "{} is missing; it was signed.",
    "{} ist dazugekommen; unterschrieben ist es nicht.": "{} was added; it was not signed.",
    "{} ist verändert: Es hat nicht die Prüfsumme, die unterschrieben ist.": (
        "{} was changed: it does not have the digest that was signed."
    ),
    "{}: Das ist keine Unterschrift unter einem Prüfpaket: {}.": "{}: This is no signature of a bundle: {}.",
    "Die Klasse „{}“ liegt nicht im Paket: Ob sie erfüllt ist, lässt sich nicht sagen.": (
        "The class “{}” is not in the bundle: whether it is fulfilled cannot be said."
    ),
    "Der Lauf hatte mehrere Sitzungen: {} fortgesetzt.": "The run had several sittings: resumed {}.",
    "{}-mal": "{} times",
    "Das Paket ist mit LISA {} gemacht, geprüft ist es mit {}.": "The bundle was made by LISA {} and checked by {}.",
    "Bericht und PDF sind hier nicht nachgezeichnet; es gilt der Strom (neu zeichnen: --report ORDNER).": (
        "Report and PDF were not drawn again here; the stream counts (draw anew: --report FOLDER)."
    ),
    "Die Unterschrift passt nicht zur Erklärung oder nicht zum Schlüssel.": (
        "The signature does not fit the statement or the key."
    ),
    "In der Erklärung folgt {} nicht aus dem Strom.": "In the statement {} does not follow from the stream.",
    "Das Programm, mit dem das Paket gemacht ist, hat dieselbe Version und ist doch ein anderes als hier.": (
        "The program that made the bundle has the same version and yet is another than the one here."
    ),
    "{} sagt etwas anderes als der Strom.": "{} says something else than the stream.",
    "Die Anforderung {} verlangt im Paket weniger als hier: {}.": (
        "The requirement {} asks for less in the bundle than here: {}."
    ),
    "Prüfpaket": "Bundle",
    "Prüfpaket: {}": "Bundle: {}",
    "Dieses Blatt sagt nicht mehr, als der Strom der Nachrichten enthält. Ob ein Gerät wirklich dasteht, kann kein "
    "Programm sagen: Das bezeugt, wer gegenzeichnet.": (
        "This sheet says no more than the stream of messages holds. Whether a device is really there no program can "
        "tell: that is attested by whoever countersigns."
    ),
    "{} · gehört zum Strom mit SHA-256 {}…": "{} · belongs to the stream with SHA-256 {}…",
    "SHA-256 des Stroms (messages.ndjson): {}": "SHA-256 of the stream (messages.ndjson): {}",
    "Geräte, auf denen Urteile beruhen": "Devices on which verdicts rest",
    "{}, Prüfsumme {}": "{}, digest {}",
    "Geprüft durch": "Tested by",
    "Klasse": "Class",
    "Beginn": "Start",
    "Fassung": "Version",
    "Kennung": "Identity",
    "Treiber": "Driver",
    "Anforderungen": "Requirements",
    "Messwert": "Value",
    "Wert ± U": "Value ± U",
    "Grenze": "Limit",
    "Urteil": "Verdict",
    "Nr.": "No.",
    "{} bestanden": "{} passed",
    "{} nicht bestanden": "{} failed",
    "{} nicht geprüft": "{} not checked",
    "{} nicht entscheidbar": "{} undecidable",
    "{} nicht anwendbar": "{} not applicable",
    "{} Prüffehler": "{} harness errors",
    "Was dahinter steht": "Why",
    "lisa-booth {}, Stand {}": "lisa-booth {}, commit {}",
    "Alles, was die Klasse verlangt, ist an echten Geräten bestanden.": (
        "All that the class asks for has passed at real devices."
    ),
    "und {} weitere Gründe": "and {} more reasons",
    "Keine: Der Lauf hat seine Geräte selbst gespielt.": "None: the run played its devices itself.",
    "Gerät": "Device",
    "Was es war": "What it was",
    "Messwerte mit Grenze": "Values with a limit",
    "keine genannt": "none named",
    "nicht vermerkt": "not noted",
    "Es fehlt, was wofür geprüft wird: --profile DATEI --class KLASSE (oder --resume, --from)": (
        "Nothing says what is tested and for what: --profile FILE --class CLASS (or --resume, --from)"
    ),
    "Es fehlt, was zu unterschreiben ist: ein Prüfpaket oder eine Vertrauensliste (.toml).": (
        "Nothing says what is to be signed: a bundle or a list of trust (.toml)."
    ),
    'Es fehlt, wer gegenzeichnet: --by "Name, Stelle"': 'Nothing says who countersigns: --by "Name, office"',
}
