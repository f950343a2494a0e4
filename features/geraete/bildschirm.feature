# language: de
Funktionalität: Was ein Bildschirm zeigt

  Grenzen, Bezüge und Unsicherheiten stehen in klassen/bildschirm-2026.1.toml.

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet

  @anf:bildschirm.anzeige @anf:bildschirm.beruehrung @braucht:screen
  Szenario: Was gezeigt werden soll, ist zu sehen, und eine Berührung wird gemeldet
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann ist auf dem Bildschirm zu sehen, was dort stehen soll
    Wenn auf dem Bildschirm eine Taste berührt wird
    Dann liegt „Meldung der Berührung“ in der Grenze

  @anf:bildschirm.ausfall @braucht:screen @dauert
  Szenario: Zeigt er nichts mehr, so wird das alsbald genannt
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und der Bildschirm ausfällt
    Dann liegt „Ausfall des Bildschirms“ in der Grenze

  @anf:bildschirm.groesse @braucht:screen @manuell
  Szenario: Er ist groß
    Dann liegt „Diagonale des Bildschirms“ in der Grenze

  @anf:bildschirm.tastenhoehe @braucht:screen @manuell
  Szenario: Jede Taste auf ihm ist im Sitzen zu erreichen
    Dann liegt „Höchste Taste des Bildschirms“ in der Grenze
