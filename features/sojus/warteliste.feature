# language: de
Funktionalität: Auf die Warteliste einer Gruppe

  Hintergrund:
    Angenommen der Träger Seeweg im Landkreis Uckermark hat diese Plätze
      | Platz      | Gruppe   |
      | Seeblick 1 | Seeblick |
      | Seeblick 2 | Seeblick |
    Und der Träger Birkenhof im Landkreis Barnim hat diese Plätze
      | Platz   | Gruppe | Merkmale     |
      | Birke 1 | Birke  |              |
      | Birke 2 | Birke  | barrierefrei |
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

  Szenario: Niemand wartet, wo niemand seines Alters aufgenommen wird
    Wenn das Jugendamt Barnim sucht
      | Alter | 4 |
    Und das Jugendamt Barnim sich für die Gruppe „Seeblick“ auf die Warteliste zu setzen versucht
    Dann erfährt das Jugendamt Barnim: „6 bis 26 Jahre“
    Und steht das Jugendamt Barnim nicht mehr auf der Warteliste der Gruppe „Seeblick“

  Szenario: Nimmt die Gruppe nur noch Mädchen auf, bekommt das Bett das Mädchen, und wer davor stand, wartet weiter
    Wenn das Jugendamt Barnim sucht
      | Alter      | 15       |
      | Geschlecht | männlich |
    Und das Jugendamt Barnim sich für die Gruppe „Seeblick“ auf die Warteliste setzt
    Und das Sozialamt Barnim sucht
      | Alter      | 15       |
      | Geschlecht | weiblich |
    Und das Sozialamt Barnim sich für die Gruppe „Seeblick“ auf die Warteliste setzt
    Und der Träger Seeweg diese Tabelle einliest
      | Einrichtung          | Gruppe   | Platz      | Geschlecht               |
      | Haus Seeweg Prenzlau | Seeblick | Seeblick 1 | Mädchen und junge Frauen |
      | Haus Seeweg Prenzlau | Seeblick | Seeblick 2 | Mädchen und junge Frauen |
    Und der Träger Seeweg die Vorschau übernimmt
    Und das Jugendamt Uckermark die Reservierung von „Seeblick 1“ absagt
    Dann hat das Sozialamt Barnim „Seeblick 1“
    Und steht das Jugendamt Barnim auf der Warteliste der Gruppe „Seeblick“ an 1. Stelle

  Szenario: Was frei wird, bekommt, wem es passt, und wer davor steht, wartet weiter
    Wenn das Jugendamt Uckermark „Birke 1“ reserviert
    Und das Sozialamt Uckermark „Birke 2“ reserviert
    Und das Jugendamt Barnim sucht
      | Alter | 15           |
      | muss  | barrierefrei |
    Und das Jugendamt Barnim sich für die Gruppe „Birke“ auf die Warteliste setzt
    Und das Sozialamt Barnim sich für die Gruppe „Birke“ auf die Warteliste setzt
    Und das Jugendamt Uckermark die Reservierung von „Birke 1“ absagt
    Dann hat das Sozialamt Barnim „Birke 1“
    Und steht das Jugendamt Barnim auf der Warteliste der Gruppe „Birke“ an 1. Stelle
    Wenn das Sozialamt Uckermark die Reservierung von „Birke 2“ absagt
    Dann hat das Jugendamt Barnim „Birke 2“
