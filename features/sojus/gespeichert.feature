# language: de
Funktionalität: Eine Suche speichern

  Hintergrund:
    Angenommen der Träger Seeweg im Landkreis Uckermark hat diese Plätze
      | Platz      | Gruppe   |
      | Seeblick 1 | Seeblick |
    Wenn das Jugendamt Barnim „Seeblick 1“ reserviert
    Und das Jugendamt Uckermark sucht
      | Alter | 15 |
    Dann findet das Jugendamt Uckermark nichts

  @anf:S4.4
  Szenario: Wer eine Suche gespeichert hat, erfährt von selbst, wenn ein Platz frei wird
    Wenn das Jugendamt Uckermark die Suche als „Dringend, 15 Jahre“ speichert
    Und das Jugendamt Barnim die Reservierung von „Seeblick 1“ absagt
    Dann erfährt das Jugendamt Uckermark: „Dringend, 15 Jahre“
    Und findet das Jugendamt Uckermark in dieser Reihenfolge
      | Seeblick 1 |

  Szenario: Wer nichts gespeichert hat, bekommt auch keine Nachricht
    Wenn das Jugendamt Barnim die Reservierung von „Seeblick 1“ absagt
    Dann erfährt das Jugendamt Uckermark nicht: „frei“
