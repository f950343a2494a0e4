# language: de
Funktionalität: Für einen Fall nicht alles freihalten

  Wer überall reserviert, nimmt anderen, was frei ist: für einen Fall, eine Hilfeart und dieselben Tage geht es drei Mal.

  Hintergrund:
    Angenommen der Träger Seeweg im Landkreis Uckermark hat diese Plätze
      | Platz      | Gruppe   |
      | Seeblick 1 | Seeblick |
      | Seeblick 2 | Seeblick |
    Und der Träger Birkenhof im Landkreis Barnim hat diese Plätze
      | Platz   | Gruppe | für                      |
      | Birke 1 | Birke  |                          |
      | Birke 2 | Birke  |                          |
      | Linde 1 | Linde  | Mädchen und junge Frauen |
    Wenn das Jugendamt Uckermark einen Fall für „Erika Muster“ anlegt
    Und das Jugendamt Uckermark „Seeblick 1“ reserviert
    Und das Jugendamt Uckermark „Seeblick 2“ reserviert
    Und das Jugendamt Uckermark „Birke 1“ reserviert

  Szenario: Das vierte Mal geht nicht, und es steht da, was im Weg ist und was zu tun ist
    Wenn das Jugendamt Uckermark „Birke 2“ zu reservieren versucht
    Dann hat das Jugendamt Uckermark „Birke 2“ nicht
    Und erfährt das Jugendamt Uckermark: „bei Seeweg vom 23.11.2026 an“
    Und erfährt das Jugendamt Uckermark: „Bitte zuerst eine dieser Reservierungen absagen.“
    Wenn das Jugendamt Uckermark die Reservierung von „Seeblick 2“ absagt
    Und das Jugendamt Uckermark „Birke 2“ reserviert
    Dann hat das Jugendamt Uckermark „Birke 2“

  Szenario: Für einen anderen Fall geht es weiter
    Wenn das Jugendamt Uckermark einen Fall für „Max Beispiel“ anlegt
    Und das Jugendamt Uckermark „Birke 2“ reserviert
    Dann hat das Jugendamt Uckermark „Birke 2“

  Szenario: Wer wartet, bekommt erst wieder etwas, wenn für den Fall weniger freigehalten ist
    Wenn das Jugendamt Barnim „Linde 1“ reserviert
    Und das Jugendamt Uckermark sich für die Gruppe „Linde“ auf die Warteliste setzt
    Und das Jugendamt Barnim die Reservierung von „Linde 1“ absagt
    Dann hat das Jugendamt Uckermark „Linde 1“ nicht
    Und steht das Jugendamt Uckermark auf der Warteliste der Gruppe „Linde“ an 1. Stelle
    Wenn der Träger Seeweg die Reservierung von „Seeblick 1“ ablehnt: „Das Zimmer wird renoviert“
    Dann hat das Jugendamt Uckermark „Linde 1“
