# language: de
Funktionalität: Ein Portal für mehrere Landkreise

  Hintergrund:
    Angenommen der Träger Seeweg im Landkreis Uckermark hat diese Plätze
      | Platz      | Satz   |
      | Seeblick 1 | 200,00 |
    Und der Träger Birkenhof im Landkreis Barnim hat diese Plätze
      | Platz   | Satz   |
      | Birke 1 | 190,00 |

  @anf:S4.12.landkreise
  Szenario: Jeder Landkreis findet die Plätze aller, oder auf Wunsch nur die eigenen
    Wenn das Jugendamt Uckermark sucht
      | Alter | 14 |
    Dann findet das Jugendamt Uckermark in dieser Reihenfolge
      | Birke 1    |
      | Seeblick 1 |
    Wenn das Jugendamt Uckermark sucht
      | Alter  | 14        |
      | nur in | Uckermark |
    Dann findet das Jugendamt Uckermark in dieser Reihenfolge
      | Seeblick 1 |

  @anf:S4.12.landkreise
  Szenario: Was ein Landkreis reserviert, steht in keiner Liste des anderen
    Wenn das Jugendamt Barnim „Seeblick 1“ reserviert
    Dann hat das Jugendamt Barnim „Seeblick 1“
    Und hat das Jugendamt Uckermark „Seeblick 1“ nicht
    Und erfährt der Träger Birkenhof nicht: „Nehmen Sie auf?“

  @anf:S4.12.laender
  Szenario: Auch ein anderes Land nutzt dasselbe Portal, und das Landesjugendamt sieht nur sein eigenes
    Angenommen der Träger Kranich im Landkreis Rostock hat diese Plätze
      | Platz     | Satz   |
      | Kranich 1 | 170,00 |
    Wenn das Jugendamt Rostock sucht
      | Alter  | 14      |
      | nur in | Rostock |
    Dann findet das Jugendamt Rostock in dieser Reihenfolge
      | Kranich 1 |
    Wenn das Jugendamt Uckermark „Kranich 1“ reserviert
    Dann hat das Jugendamt Uckermark „Kranich 1“
    Und findet das Jugendamt Rostock nichts
    Und steht in den Zahlen beim Landesjugendamt nichts von „Kranich“
