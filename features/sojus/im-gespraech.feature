# language: de
Funktionalität: Im Gespräch einen Platz zeigen und reservieren

  Wer im Bürgerbüro sitzt, sieht auf dem großen Bildschirm, wovon die Rede ist, und geht mit einem Platz nach Hause.

  Hintergrund:
    Angenommen der Träger Seeweg im Landkreis Uckermark hat diese Plätze
      | Platz      | Haus          | Satz   | Gruppe   |
      | Seeblick 1 | Haus Seeblick | 190,00 | Seeblick |
      | Seeblick 2 | Haus Seeblick | 200,00 | Waldrand |
    Und das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Und Frau Jahn vom Jugendamt ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt an das Jugendamt weiterleitet
    Und Frau Jahn das Gespräch annimmt
    Und das Jugendamt Uckermark sucht
      | Alter | 15      |
      | nahe  | Templin |
    Und Frau Jahn vom Jugendamt Uckermark der Bürgerin „Seeblick 1“ zeigt

  @anf:S4.4
  Szenario: Die Bürgerin liest Haus, Hilfe, Entfernung und ab wann, und der Platz wird im Gespräch reserviert
    Dann liest die Bürgerin auf dem Bildschirm vom Platz: „Haus Seeblick“
    Und liest die Bürgerin auf dem Bildschirm vom Platz: „Heimerziehung“
    Und liest die Bürgerin auf dem Bildschirm vom Platz: „Entfernung“
    Und liest die Bürgerin auf dem Bildschirm vom Platz: „frei“
    Wenn das Jugendamt Uckermark „Seeblick 1“ reserviert
    Dann hat das Jugendamt Uckermark „Seeblick 1“
    Wenn Frau Jahn das Gespräch beendet
    Dann zeigt der Bildschirm der Bürgerin keinen Platz mehr

  Szenario: Was die Mitarbeiterin vom Bildschirm nimmt, ist dort nicht mehr zu sehen
    Wenn Frau Jahn das Gezeigte vom Bildschirm nimmt
    Dann zeigt der Bildschirm der Bürgerin keinen Platz mehr

  Szenario: Wer weitergeleitet wird, sieht bei der nächsten Stelle nichts mehr davon
    Wenn Frau Jahn an die Wohngeldstelle weiterleitet
    Dann zeigt der Bildschirm der Bürgerin keinen Platz mehr
