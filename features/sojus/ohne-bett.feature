# language: de
Funktionalität: Hilfen ohne Bett

  Hintergrund:
    Angenommen der Träger Seeweg im Landkreis Uckermark hat diese Plätze
      | Platz     | Hilfe                             | Umfang | Satz  |
      | Team Nord | Sozialpädagogische Familienhilfe  | 10     | 64,80 |
      | Treff     | Soziale Gruppenarbeit             | 3      | 22,00 |

  Szenario: Stunden in der Woche werden gesucht, gefunden und aufgeteilt wie Betten
    Wenn das Jugendamt Uckermark sucht
      | Hilfe  | Sozialpädagogische Familienhilfe |
      | Alter  | 12                               |
      | Umfang | 6                                |
    Dann findet das Jugendamt Uckermark in dieser Reihenfolge
      | Team Nord |
    Wenn das Jugendamt Uckermark „Team Nord“ reserviert
    Und das Jugendamt Barnim sucht
      | Hilfe  | Sozialpädagogische Familienhilfe |
      | Alter  | 9                                |
      | Umfang | 6                                |
    Dann findet das Jugendamt Barnim nichts
    Wenn das Jugendamt Barnim sucht
      | Hilfe  | Sozialpädagogische Familienhilfe |
      | Alter  | 9                                |
      | Umfang | 4                                |
    Dann findet das Jugendamt Barnim in dieser Reihenfolge
      | Team Nord |

  Szenario: In einer Gruppe sitzen so viele, wie es Plätze gibt, und keiner mehr
    Wenn das Jugendamt Uckermark „Treff“ reserviert
    Und das Jugendamt Barnim „Treff“ reserviert
    Und das Jugendamt Uckermark „Treff“ reserviert
    Und das Jugendamt Barnim „Treff“ zu reservieren versucht
    Dann erfährt das Jugendamt Barnim: „nicht mehr in diesem Umfang frei“

  Szenario: Kontakte werden eingetragen, bis das Bewilligte verbraucht ist
    Wenn das Jugendamt Uckermark „Team Nord“ reserviert
    Und der Träger Seeweg die Reservierung von „Team Nord“ bestätigt
    Und der Träger Seeweg jemanden in „Team Nord“ aufnimmt
    Und das Jugendamt Uckermark für „Team Nord“ 3 Kontakte bewilligt
    Und der Träger Seeweg bei „Team Nord“ 2 Kontakte einträgt
    Dann liest das Jugendamt Uckermark bei der Hilfe in „Team Nord“: „Kontakte: 2 von 3 bewilligten“
    Wenn der Träger Seeweg bei „Team Nord“ 2 Kontakte einzutragen versucht
    Dann erfährt der Träger Seeweg: „mehr als die 3 bewilligten“
