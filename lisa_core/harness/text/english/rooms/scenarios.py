"""The scenarios of `features/geraete` in English, and its features: their names."""

from __future__ import annotations

NAMES: dict[str, str] = {
    "Was ein ganzes Bürgerbüro zeigt": "What a whole booth shows",
    "Die Tür ist breit genug": "The door is wide enough",
    "Die Tür ist hoch genug": "The door is high enough",
    "Es gibt keine Schwelle, über die ein Rollstuhl nicht kommt": "There is no sill that a wheelchair cannot pass",
    "Der Türgriff ist im Sitzen zu erreichen": "The door handle can be reached sitting",
    "Im Bürgerbüro kann ein Rollstuhl wenden": "A wheelchair can turn in the booth",
    "Auch vor der Tür kann ein Rollstuhl wenden": "A wheelchair can turn in front of the door, too",
    "Was man bedienen muss, hängt nicht zu hoch": "What has to be operated is not too high",
    "Was man bedienen muss, liegt nicht zu tief": "What has to be operated is not too low",
    "Vor dem Tisch ist Platz für einen Rollstuhl": "In front of the table there is room for a wheelchair",
    "Der Bildschirm ist groß": "The screen is large",
    "Man sieht einander an": "People look at each other",
    "Was ein Drucker zeigt": "What a printer shows",
    "Das erste Blatt liegt in angemessener Zeit da": "The first sheet is there within reasonable time",
    "Das Blatt liegt ganz und lesbar im Fach, und nur dieses": "The sheet lies in the tray whole and legible, alone",
    "Fällt er aus, so wird er alsbald genannt": "When it fails, it is named soon",
    "Ein anderes Gerät unter seiner Adresse wird als solches genannt": "Another device at its address is named as such",
    "Was ein Kartenleser zeigt": "What a card reader shows",
    "Eine Karte, die daliegt, wird alsbald gemeldet": "A card that lies there is reported soon",
    "Er unterscheidet, was daliegt, und bemerkt, dass nichts mehr daliegt": (
        "It tells what lies there, and notices that nothing lies there any more"
    ),
    "Was die Kamera zeigt, die die Person zeigt": "What the camera shows that shows the person",
    "Sie liefert Bilder oft genug": "It delivers pictures often enough",
    "Ihre Bilder sind groß genug": "Its pictures are large enough",
    "Fällt sie aus, so wird sie alsbald genannt": "When it fails, it is named soon",
    "Was ein Präsenzsensor zeigt": "What a presence sensor shows",
    "Wer eintritt, wird alsbald gemeldet": "Whoever enters is reported soon",
    "Wer gegangen ist, wird nicht mehr gemeldet": "Whoever has left is no longer reported",
    "Wer zehn Minuten still sitzt, bleibt gemeldet": "Whoever sits still for ten minutes remains reported",
    "Zehn Minuten lang wird in einem leeren Bürgerbüro niemand gemeldet": (
        "For ten minutes nobody is reported in an empty booth"
    ),
    "Wer an der am weitesten entfernten Stelle steht, wird gemeldet": (
        "Whoever stands at the farthest place is reported"
    ),
    "Die gemeldete Entfernung stimmt": "The reported distance is right",
    "Er meldet oft genug, dass ein Ausfall auffällt": "It reports often enough for an outage to be noticed",
    "Aus Störungen auf der Leitung wird keine Person": "Disturbances on the line do not become a person",
    "Ein anderes Gerät an seinem Anschluss wird als solches genannt": "Another device at its port is named as such",
    "Was ein Scanner zeigt": "What a scanner shows",
    "Jedes Blatt, das im Einzug liegt, kommt an": "Each sheet that lies in the feeder arrives",
    "Eine Seite ist in angemessener Zeit da": "A page is there within reasonable time",
    "Die Auflösung, die er nennt, hat das Bild auch": "The picture has the resolution that it names",
    "Striche von einem halben Millimeter heben sich ab": "Strokes of half a millimetre stand out",
    "Ein leerer Einzug wird als leer genannt": "An empty feeder is named as empty",
    "Ein Papierstau wird genannt, und die Seiten davor bleiben gut": (
        "A paper jam is named, and the pages before it remain good"
    ),
    "Zwei Blätter zugleich werden bemerkt": "Two sheets at once are noticed",
    "Was ein Türkontakt zeigt": "What a door contact shows",
    "Geht die Tür auf, so wird das sofort gemeldet": "When the door opens, this is reported at once",
    "Von zehn Malen Öffnen und Schließen wird keines verpasst": "Of ten times opening and closing none is missed",
    "Zehn Minuten lang meldet er an einer Tür, die niemand anrührt, nichts": (
        "For ten minutes it reports nothing at a door that nobody touches"
    ),
    "Was ein Unterschriftenpad zeigt": "What a signature pad shows",
    "Ein Strich am Lineal kommt ohne Lücke, oft und fein genug": (
        "A stroke along a ruler arrives without gaps, often and finely enough"
    ),
    "Der Druck des Stifts wird fein genug gemessen": "The pressure of the pen is measured finely enough",
    "Danach ist auf dem Pad nichts mehr zu sehen": "Afterwards nothing is to be seen on the pad any more",
    "Fällt es aus, so wird es alsbald genannt": "When it fails, it is named soon",
    "Was ein Bildschirm zeigt": "What a screen shows",
    "Was gezeigt werden soll, ist zu sehen, und eine Berührung wird gemeldet": (
        "What is to be shown is to be seen, and a touch is reported"
    ),
    "Zeigt er nichts mehr, so wird das alsbald genannt": "When it shows nothing any more, this is named soon",
    "Er ist groß": "It is large",
    "Jede Taste auf ihm ist im Sitzen zu erreichen": "Each button on it can be reached sitting",
    "Was die Kamera über dem Tisch zeigt": "What the camera above the table shows",
    "Eine Seite ist fein genug zu sehen und zu lesen": "A page can be seen and read finely enough",
    "Das Bild folgt der Hand": "The picture follows the hand",
    "Ist die Unterlage weggenommen, so ist sie nicht mehr zu sehen": (
        "When the paper is taken away, it is no longer to be seen"
    ),
    "Was eine Induktionsschleife zeigt": "What an induction loop shows",
    "Sie lässt sich ein- und ausschalten, jedes Mal": "It can be switched on and off, each time",
    "Wer ein Hörgerät trägt, hört durch sie": "Whoever wears a hearing aid hears through it",
    "Lässt sie sich nicht schalten, so wird das alsbald genannt": "When it cannot be switched, this is named soon",
    "Das Feld ist stark genug und nicht zu stark": "The field is strong enough and not too strong",
    "Hohe und tiefe Töne kommen gleich stark an": "High and low tones arrive equally strong",
    "Was stört, ist leise genug": "What disturbs is quiet enough",
    "Was der Kopf zeigt, der die Kamera über dem Tisch dreht": (
        "What the head shows that turns the camera above the table"
    ),
    "Er steht alsbald dort, wohin er soll": "It soon stands where it should",
    "Führt er einen Befehl nicht aus, so wird das genannt": "When it does not carry out a command, this is named",
    "Störungen auf der Leitung bringen ihn nicht an eine andere Stelle": (
        "Disturbances on the line do not bring it to another position"
    ),
    "Was die Lampe über der Tür zeigt": "What the lamp above the door shows",
    "Jede ihrer Farben ist zu sehen, und sie lässt sich ausschalten": (
        "Each of its colours is to be seen, and it can be switched off"
    ),
    "Bleibt sie, wie sie ist, so wird das alsbald genannt": "When it stays as it is, this is named soon",
    "Was ein Lautsprecher zeigt": "What a loudspeaker shows",
    "Ein Ton ist alsbald zu hören, und danach nicht mehr": "A tone is soon to be heard, and afterwards no longer",
    "Ist sein Ton abgeschaltet, so wird auch das genannt": "When its sound is switched off, this is named, too",
    "Die Lautstärke lässt sich weit genug stellen": "The volume can be set over a wide enough range",
    "Was ein Mikrofon zeigt": "What a microphone shows",
    "Eine Stimme hebt sich vom Rauschen ab und übersteuert nichts": (
        "A voice stands out from the noise and overdrives nothing"
    ),
    "Es fehlt nichts von dem, was gesprochen wird": "Nothing of what is spoken is missing",
    "Hört es nichts mehr, obwohl es antwortet, so wird auch das genannt": (
        "When it hears nothing any more although it answers, this is named, too"
    ),
    "Was eine Ruftaste zeigt": "What a call button shows",
    "Ein Druck wird sofort gemeldet": "A press is reported at once",
    "Von zehn Malen Drücken wird keines verpasst": "Of ten presses none is missed",
    "Zehn Minuten lang meldet sie nichts, wenn niemand sie anrührt": (
        "For ten minutes it reports nothing while nobody touches it"
    ),
    "Aus Störungen auf der Leitung wird kein Ruf": "Disturbances on the line do not become a call",
    "Ein anderes Gerät an ihrem Anschluss wird als solches genannt": "Another device at its port is named as such",
    "Sie ist im Sitzen und im Stehen zu erreichen": "It can be reached sitting and standing",
    "Sie lässt sich leicht drücken, und nicht aus Versehen": "It can be pressed easily, and not by accident",
    "Was ein schaltbares Glas zeigt": "What switchable glass shows",
    "Es schaltet um, jedes Mal und alsbald": "It switches, each time and soon",
    "Lässt es sich nicht schalten, so wird das alsbald genannt": "When it cannot be switched, this is named soon",
    "Bleibt es hängen, so wird das alsbald genannt": "When it hangs, this is named soon",
}
"""Of features and scenarios."""
