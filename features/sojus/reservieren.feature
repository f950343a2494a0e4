# language: de
Funktionalität: Einen Platz reservieren

  Hintergrund:
    Angenommen der Träger Seeweg im Landkreis Uckermark hat diese Plätze
      | Platz      | Satz   | Gruppe   |
      | Seeblick 1 | 190,00 | Seeblick |
      | Seeblick 2 | 200,00 | Waldrand |
    Wenn das Jugendamt Uckermark sucht
      | Alter | 15 |
    Und das Jugendamt Barnim sucht
      | Alter | 14 |

  @anf:S4.5.aufnehmen @anf:S4.4
  Szenario: Was ein Jugendamt reserviert, ist beim anderen sofort weg, ohne dass es neu sucht
    Wenn das Jugendamt Uckermark „Seeblick 1“ reserviert
    Dann hat das Jugendamt Uckermark „Seeblick 1“
    Und verschwindet „Seeblick 1“ aus der offenen Liste beim Jugendamt Barnim
    Und findet das Jugendamt Barnim in dieser Reihenfolge
      | Seeblick 2 |
    Und erfährt der Träger Seeweg: „Nehmen Sie auf?“

  @anf:S4.5.nie-zwei
  Szenario: Zwei Jugendämter im selben Augenblick: genau eines bekommt den Platz, das andere sieht den nächsten
    Wenn das Jugendamt Uckermark und das Jugendamt Barnim im selben Augenblick „Seeblick 1“ reservieren
    Dann hat genau eine der beiden Stellen „Seeblick 1“
    Und sieht die andere als nächsten Platz „Seeblick 2“

  @anf:S4.5.nie-zwei
  Szenario: Wer mit einer alten Liste reserviert, erfährt, dass der Platz inzwischen vergeben ist
    Wenn das Jugendamt Uckermark „Seeblick 1“ reserviert
    Und das Jugendamt Barnim „Seeblick 1“ zu reservieren versucht
    Dann hat das Jugendamt Barnim „Seeblick 1“ nicht
    Und erfährt das Jugendamt Barnim: „schon reserviert“
    Und hat das Jugendamt Uckermark „Seeblick 1“

  Szenario: Der Träger bestätigt, und das Jugendamt weiß es
    Wenn das Jugendamt Uckermark „Seeblick 1“ reserviert
    Und der Träger Seeweg die Reservierung von „Seeblick 1“ bestätigt
    Dann hat das Jugendamt Uckermark „Seeblick 1“ bestätigt bekommen
    Und erfährt das Jugendamt Uckermark: „Der Träger nimmt auf.“

  Szenario: Der Träger liest vor seiner Zusage, für wen, ohne Namen, und danach nur, solange es ihn angeht
    Wenn das Jugendamt Uckermark einen Fall für „Erika Muster“ anlegt
    Und das Jugendamt Uckermark sucht
      | Alter      | 15       |
      | Geschlecht | weiblich |
    Und das Jugendamt Uckermark „Seeblick 1“ reserviert
    Dann liest der Träger Seeweg bei der Reservierung von „Seeblick 1“: „15 Jahre“
    Und liest der Träger Seeweg bei der Reservierung von „Seeblick 1“: „Heimerziehung“
    Und steht beim Träger Seeweg bei der Reservierung von „Seeblick 1“ nichts von „Erika“
    Wenn der Träger Seeweg die Reservierung von „Seeblick 1“ ablehnt: „Das Zimmer wird renoviert“
    Dann steht beim Träger Seeweg bei der Reservierung von „Seeblick 1“ nichts von „15 Jahre“
    Und liest das Jugendamt Uckermark bei der Reservierung von „Seeblick 1“: „15 Jahre“

  @anf:S4.4
  Szenario: Lehnt der Träger ab, ist der Platz wieder in jeder offenen Liste
    Wenn das Jugendamt Uckermark „Seeblick 1“ reserviert
    Und das Jugendamt Barnim sucht
      | Alter | 14 |
    Und der Träger Seeweg die Reservierung von „Seeblick 1“ ablehnt: „Das Zimmer wird renoviert“
    Dann erfährt das Jugendamt Uckermark: „Das Zimmer wird renoviert“
    Und hat das Jugendamt Uckermark „Seeblick 1“ nicht
    Und erscheint „Seeblick 1“ in der offenen Liste beim Jugendamt Barnim

  Szenario: Nach 48 Stunden ohne Antwort verfällt eine Reservierung, und beide Seiten wissen es
    Wenn das Jugendamt Uckermark „Seeblick 1“ reserviert
    Und es 47 Stunden später ist
    Dann hat das Jugendamt Uckermark „Seeblick 1“
    Und erfährt das Jugendamt Uckermark: „Der Träger hat in der Frist nicht geantwortet“
    Wenn es 2 Stunden später ist
    Dann hat das Jugendamt Uckermark „Seeblick 1“ nicht
    Und erfährt das Jugendamt Uckermark: „Die Reservierung ist verfallen“
    Und findet das Jugendamt Barnim in dieser Reihenfolge
      | Seeblick 1 |
      | Seeblick 2 |

  Szenario: Wer verlängert, behält die Reservierung länger
    Wenn das Jugendamt Uckermark „Seeblick 1“ reserviert
    Und es 40 Stunden später ist
    Und das Jugendamt Uckermark die Reservierung von „Seeblick 1“ verlängert
    Und es 40 Stunden später ist
    Dann hat das Jugendamt Uckermark „Seeblick 1“

  Szenario: Wer absagt, gibt den Platz sofort frei
    Wenn das Jugendamt Uckermark „Seeblick 1“ reserviert
    Und das Jugendamt Barnim sucht
      | Alter | 14 |
    Und das Jugendamt Uckermark die Reservierung von „Seeblick 1“ absagt
    Dann erscheint „Seeblick 1“ in der offenen Liste beim Jugendamt Barnim
    Und hat das Jugendamt Uckermark „Seeblick 1“ nicht

  Szenario: Geschwister bekommen beide Plätze oder keinen
    Wenn das Jugendamt Barnim „Seeblick 2“ reserviert
    Und das Jugendamt Uckermark „Seeblick 1“ und „Seeblick 2“ zusammen zu reservieren versucht
    Dann hat das Jugendamt Uckermark „Seeblick 1“ nicht
    Und hat das Jugendamt Uckermark „Seeblick 2“ nicht
    Wenn das Jugendamt Barnim die Reservierung von „Seeblick 2“ absagt
    Und das Jugendamt Uckermark „Seeblick 1“ und „Seeblick 2“ zusammen reserviert
    Dann hat das Jugendamt Uckermark „Seeblick 1“
    Und hat das Jugendamt Uckermark „Seeblick 2“
