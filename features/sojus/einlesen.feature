# language: de
Funktionalität: Plätze aus einer Tabelle einlesen

  Hintergrund:
    Angenommen der Träger Seeweg im Landkreis Uckermark hat diese Plätze
      | Platz      | Satz   |
      | Seeblick 1 | 210,00 |
    Wenn das Jugendamt Uckermark sucht
      | Alter | 15 |

  Szenario: Erst die Vorschau, dann alles auf einmal; dieselbe Tabelle noch einmal ändert nichts
    Wenn der Träger Seeweg diese Tabelle einliest
      | Einrichtung | Breite | Länge  | Gruppe | Hilfeart                                 | Alter von | Alter bis | Geschlecht | Platz | Entgelt | Entgelt ab |
      | Haus Ufer   | 53,119 | 13,502 | Ufer   | Heimerziehung, sonstige betreute Wohnform | 12        | 17        | alle       | Ufer 1 | 188,50 | 01.01.2026 |
      | Haus Ufer   | 53,119 | 13,502 | Ufer   | Heimerziehung, sonstige betreute Wohnform | 12        | 17        | alle       | Ufer 2 | 188,50 | 01.01.2026 |
    Dann zeigt die Vorschau dem Träger Seeweg: „neu: Platz Haus Ufer, Ufer, Ufer 1“
    Und findet das Jugendamt Uckermark in dieser Reihenfolge
      | Seeblick 1 |
    Wenn der Träger Seeweg die Vorschau übernimmt
    Dann erscheint „Ufer 1“ in der offenen Liste beim Jugendamt Uckermark
    Wenn der Träger Seeweg diese Tabelle einliest
      | Einrichtung | Breite | Länge  | Gruppe | Hilfeart                                 | Alter von | Alter bis | Geschlecht | Platz | Entgelt | Entgelt ab |
      | Haus Ufer   | 53,119 | 13,502 | Ufer   | Heimerziehung, sonstige betreute Wohnform | 12        | 17        | alle       | Ufer 1 | 188,50 | 01.01.2026 |
      | Haus Ufer   | 53,119 | 13,502 | Ufer   | Heimerziehung, sonstige betreute Wohnform | 12        | 17        | alle       | Ufer 2 | 188,50 | 01.01.2026 |
    Dann zeigt die Vorschau dem Träger Seeweg: „unverändert: 2“

  Szenario: Ein Fehler steht mit Zeile, Spalte und Rat da, und nichts wird übernommen
    Wenn der Träger Seeweg diese Tabelle einliest
      | Einrichtung | Breite | Länge  | Gruppe | Hilfeart                                 | Alter von | Alter bis | Geschlecht | Platz | Entgelt | Entgelt ab |
      | Haus Ufer   | 53,119 | 13,502 | Ufer   | Heimerziehung, sonstige betreute Wohnform | 12        | 17        | alle       | Ufer 1 | 188,50 | 01.01.2026 |
      | Haus Ufer   | 53,119 | 13,502 | Ufer   | Heimerziehung, sonstige betreute Wohnform | 12        | 17        | alle       | Ufer 2 | -5     | 01.01.2026 |
    Dann zeigt die Vorschau dem Träger Seeweg: „Zeile 3, Spalte Entgelt“
    Und lässt sich die Vorschau beim Träger Seeweg nicht übernehmen
    Und findet das Jugendamt Uckermark in dieser Reihenfolge
      | Seeblick 1 |
