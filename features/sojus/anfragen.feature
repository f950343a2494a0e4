# language: de
Funktionalität: Ohne Namen bei mehreren Trägern anfragen

  Hintergrund:
    Angenommen der Träger Seeweg im Landkreis Uckermark hat diese Plätze
      | Platz      |
      | Seeblick 1 |
    Und der Träger Birkenhof im Landkreis Barnim hat diese Plätze
      | Platz   |
      | Birke 1 |
    Wenn das Jugendamt Uckermark einen Fall für „Erika Muster“ anlegt
    Und das Jugendamt Uckermark ohne Namen den Träger Seeweg und den Träger Birkenhof fragt
      | Hilfe      | Heimerziehung |
      | Alter      | 15            |
      | Geschlecht | weiblich      |

  Szenario: Beide Träger lesen, für wen Hilfe gesucht wird, und keinen Namen und kein Aktenzeichen
    Dann liest der Träger Seeweg in der Anfrage: „15“
    Und liest der Träger Birkenhof in der Anfrage: „15“
    Und steht in keiner Anfrage bei dem Träger Seeweg: „Erika“
    Und erfährt der Träger Seeweg: „Eine Anfrage ohne Namen: können Sie aufnehmen?“

  Szenario: Die erste Zusage zieht die Anfrage bei den anderen zurück
    Wenn der Träger Seeweg auf die Anfrage „Seeblick 1“ anbietet
    Dann erfährt das Jugendamt Uckermark: „Auf Ihre Anfrage ist etwas angeboten.“
    Wenn das Jugendamt Uckermark das Angebot vom Träger Seeweg annimmt
    Dann hat das Jugendamt Uckermark „Seeblick 1“ bestätigt bekommen
    Und erfährt der Träger Seeweg: „Ihr Angebot ist angenommen:“
    Und erfährt der Träger Birkenhof: „ein anderer Träger nimmt auf“
    Und kann der Träger Birkenhof auf die Anfrage nichts mehr anbieten

  Szenario: Was angeboten ist, wird nicht freigehalten: ist es weg, erfahren es beide
    Wenn der Träger Seeweg auf die Anfrage „Seeblick 1“ anbietet
    Und das Jugendamt Barnim „Seeblick 1“ reserviert
    Dann erfährt das Jugendamt Uckermark: „inzwischen nicht mehr frei“
    Und erfährt der Träger Seeweg: „inzwischen nicht mehr frei“

  Szenario: Wer nichts hat, sagt es, und das Jugendamt wartet nicht länger auf ihn
    Wenn der Träger Birkenhof auf die Anfrage antwortet, dass nichts passt
    Dann erfährt das Jugendamt Uckermark: „Ein Träger hat nichts Passendes.“
    Und liest der Träger Birkenhof in der Anfrage: „Sie haben geantwortet, dass Sie nichts haben“
    Und liest der Träger Seeweg in der Anfrage: „15“
