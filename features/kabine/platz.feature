# language: de
Funktionalität: Platz nehmen und gerufen werden

  @anf:S3.5
  Szenario: Wo es so eingerichtet ist, beginnt der Besuch erst im Sitzen hinter geschlossener Tür
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und das Bürgerbüro verbindet, sobald man sitzt und die Tür zu ist
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann bittet der Bildschirm, Platz zu nehmen
    Und klingelt es bei niemandem
    Wenn sie Platz nimmt
    Dann klingelt es bei Frau Brandt
    Wenn die Mitarbeiterin das Gespräch annimmt
    Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm
