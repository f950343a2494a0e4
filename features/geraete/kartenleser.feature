# language: de
Funktionalität: Was ein Kartenleser zeigt

  Grenzen, Bezüge und Unsicherheiten stehen in klassen/kartenleser-2026.1.toml.

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet

  @anf:kartenleser.meldung @braucht:card_reader
  Szenario: Eine Karte, die daliegt, wird alsbald gemeldet
    Wenn die Bürgerin einen Ausweis auf den Kartenleser legt
    Dann liegt „Meldung der Karte“ in der Grenze

  @anf:kartenleser.art @anf:kartenleser.weg @braucht:card_reader @dauert
  Szenario: Er unterscheidet, was daliegt, und bemerkt, dass nichts mehr daliegt
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und die Bürgerin einen Ausweis auf den Kartenleser legt
    Dann meldet der Kartenleser Frau Brandt „eine Karte mit Chip“
    Wenn die Bürgerin alles vom Kartenleser nimmt
    Dann meldet der Kartenleser Frau Brandt „keine Karte“
    Wenn die Bürgerin eine Speicherkarte auf den Kartenleser legt
    Dann meldet der Kartenleser Frau Brandt „eine Speicherkarte“

  @anf:kartenleser.ausfall @braucht:card_reader @dauert
  Szenario: Fällt er aus, so wird er alsbald genannt
    Wenn der Kartenleser ausfällt
    Dann liegt „Ausfall des Kartenlesers“ in der Grenze
