# language: de
Funktionalität: Auf die Warteliste einer Gruppe

  Hintergrund:
    Angenommen der Träger Seeweg im Landkreis Uckermark hat diese Plätze
      | Platz      | Gruppe   |
      | Seeblick 1 | Seeblick |
      | Seeblick 2 | Seeblick |
    Wenn das Jugendamt Uckermark „Seeblick 1“ und „Seeblick 2“ zusammen reserviert
    Und das Jugendamt Barnim „Seeblick 1“ zu reservieren versucht
    Dann erfährt das Jugendamt Barnim: „schon reserviert“

  Szenario: Wer zuerst wartet, bekommt, was frei wird, von selbst
    Wenn das Jugendamt Barnim sich für die Gruppe „Seeblick“ auf die Warteliste setzt
    Und das Sozialamt Barnim sich für die Gruppe „Seeblick“ auf die Warteliste setzt
    Dann steht das Jugendamt Barnim auf der Warteliste der Gruppe „Seeblick“ an 1. Stelle
    Und steht das Sozialamt Barnim auf der Warteliste der Gruppe „Seeblick“ an 2. Stelle
    Wenn das Jugendamt Uckermark die Reservierung von „Seeblick 1“ absagt
    Dann hat das Jugendamt Barnim „Seeblick 1“
    Und hat das Sozialamt Barnim „Seeblick 2“
    Und steht das Jugendamt Barnim nicht mehr auf der Warteliste der Gruppe „Seeblick“

  Szenario: Wer neu kommt, ist nie schneller als wer wartet
    Wenn das Jugendamt Barnim sich für die Gruppe „Seeblick“ auf die Warteliste setzt
    Und es 49 Stunden später ist
    Dann hat das Jugendamt Barnim „Seeblick 1“
    Wenn das Sozialamt Uckermark „Seeblick 1“ zu reservieren versucht
    Dann hat das Sozialamt Uckermark „Seeblick 1“ nicht

  Szenario: Nach 90 Tagen ohne freien Platz endet das Warten, und wer gewartet hat, weiß es
    Wenn der Träger Seeweg die Reservierung von „Seeblick 1“ bestätigt
    Und der Träger Seeweg jemanden in „Seeblick 1“ aufnimmt
    Und das Jugendamt Barnim sich für die Gruppe „Seeblick“ auf die Warteliste setzt
    Und es 91 Tage später ist
    Dann steht das Jugendamt Barnim nicht mehr auf der Warteliste der Gruppe „Seeblick“
    Und erfährt das Jugendamt Barnim: „Die Zeit auf der Warteliste ist um“
