"""The English twins of what is said about a tester's own sentences; see `harness.text.english`."""

from __future__ import annotations

OWN_SENTENCES = {
    "Mit „Satz: …“ beginnen, darunter Schritte.": "Begin with “Satz: …”, and steps below it.",
    "Die Datei enthält keinen Satz.": "The file contains no sentence.",
    "„{line}“ gehört zu keinem Satz.": "“{line}” belongs to no sentence.",
    "„{line}“ kann in einer Datei mit Sätzen nicht stehen.": "“{line}” cannot stand in a file of sentences.",
    "Szenarien stehen in einer Datei, deren Name auf .feature endet.": (
        "Scenarios stand in a file whose name ends with .feature."
    ),
    "Ein Satz hat keine Tags.": "A sentence has no tags.",
    "Sie stehen am Szenario.": "They belong to the scenario.",
    "Ein Satz hat keine Beispiele.": "A sentence has no examples.",
    "Sie stehen am Szenariogrundriss, der ihn verwendet.": "They belong to the scenario outline that uses it.",
    "„{line}“ ist kein Schritt.": "“{line}” is no step.",
    "Hinter „Satz:“ fehlt, wie er heißt.": "Behind “Satz:” there is no sentence.",
    "Zum Beispiel: Satz: Wenn sie nur grüßt": "For example: Satz: Wenn sie nur grüßt",
    "Der Satz „{name}“ hat keine Schritte.": "The sentence “{name}” has no steps.",
    "Schritte ergänzen oder ihn löschen.": "Add steps or delete it.",
    "Dem Platzhalter „{hole}“ fehlt die Art seiner Wörter.": "The placeholder “{hole}” lacks the kind of its words.",
    "Name und Art schreiben: {example}": "Write name and kind: {example}",
    "Die Art „{kind}“ gibt es nicht.": "There is no kind “{kind}”.",
    "Alle Arten zeigt: lisa steps": "All kinds are shown by: lisa steps",
    "Der Platzhalter „{name}“ kommt zweimal vor.": "The placeholder “{name}” occurs twice.",
    "Einen davon anders nennen.": "Give one of them another name.",
    "Eine geschweifte Klammer ist nicht zu.": "A curly bracket is not closed.",
    "Platzhalter: {example}": "Placeholder: {example}",
    "Um den Platzhalter „{name}“ stehen Anführungszeichen; sie gehören schon zu seinem Wort.": (
        "There are quotation marks around the placeholder “{name}”; they belong to its word already."
    ),
    "Ohne sie schreiben: {hole}": "Write it without them: {hole}",
    "Einen Platzhalter „{name}“ hat dieser Satz nicht.": "This sentence has no placeholder “{name}”.",
    "In seine erste Zeile schreiben, mit Art.": "Write it into its first line, with its kind.",
    "Der Platzhalter „{name}“ wird nicht verwendet.": "The placeholder “{name}” is not used.",
    "Darunter als „{name}“ verwenden oder löschen.": "Use it below as “{name}” or delete it.",
    "Den Satz „{name}“ gibt es schon: {places}.": "There is a sentence “{name}” already: {places}.",
    "Einen anderen Satz schreiben: Ersetzen lässt sich keiner.": "Write another sentence: none can be replaced.",
    "Der Satz „{name}“ verwendet sich selbst: {way}.": "The sentence “{name}” uses itself: {way}.",
    "Den Kreis auflösen.": "Break the circle.",
    "Hier gelten {count} eigene Sätze, höchstens {most} dürfen es sein.": (
        "{count} sentences of your own hold here, at most {most} may."
    ),
    "Sie auf Ordner aufteilen: Ein Szenario sieht die neben sich und darüber.": (
        "Share them among folders: a scenario sees those beside it and above."
    ),
    "Der Satz „{name}“ entfaltet sich zu mehr als {most} Schritten.": (
        "The sentence “{name}” unfolds into more than {most} steps."
    ),
    "Ihn aufteilen.": "Divide it.",
    "Der Satz „{name}“ ({place}) prüft nichts: In ihm steht kein „Dann“.": (
        "The sentence “{name}” ({place}) checks nothing: there is no “Dann” in it."
    ),
    "In ihm mit „Dann …“ sagen, was zu sehen sein muss, oder ihn mit „Wenn“ verwenden.": (
        "Say in it with “Dann …” what has to be seen, or use it with “Wenn”."
    ),
    "In „{step}“ ({place}):": "In “{step}” ({place}):",
    "In „{step}“ ({place}): {error}": "In “{step}” ({place}): {error}",
}
