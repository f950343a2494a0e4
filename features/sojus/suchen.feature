# language: de
Funktionalität: Einen Platz suchen

  Hintergrund:
    Angenommen der Träger Seeweg im Landkreis Uckermark hat diese Plätze
      | Platz      | Alter     | Satz   | Merkmale                     | Ort     | belegt      |
      | Seeblick 1 | 12 bis 17 | 210,00 | barrierefrei, Einzelzimmer   | Templin |             |
      | Seeblick 2 | 12 bis 17 | 190,00 | nicht barrierefrei           | Templin | in 10 Tagen |
    Und der Träger Birkenhof im Landkreis Barnim hat diese Plätze
      | Platz   | Alter    | Satz   | Merkmale                                     | Ort        |
      | Birke 1 | 6 bis 17 | 185,00 | nicht barrierefrei, spricht Arabisch         | Eberswalde |
      | Birke 2 | 6 bis 11 | 170,00 | nicht barrierefrei, kein Einzelzimmer        | Bernau     |

  @anf:S4.2
  Szenario: Was heute frei ist, steht sofort da, und was belegt ist, nicht
    Wenn das Jugendamt Uckermark sucht
      | Hilfe | Heimerziehung |
      | Alter | 15            |
      | ab    | sofort        |
    Dann findet das Jugendamt Uckermark in dieser Reihenfolge
      | Birke 1    |
      | Seeblick 1 |
    Und liest das Jugendamt Uckermark bei „Birke 1“: „Sofort frei“
    Und erfährt das Jugendamt Uckermark auf die Frage nach „Seeblick 2“: „Kein Treffer“

  @anf:S4.2
  Szenario: Wer erst später einen Platz braucht, findet auch, was bis dahin frei wird
    Wenn das Jugendamt Uckermark sucht
      | Alter | 15            |
      | ab    | in 14 Tagen   |
    Dann findet das Jugendamt Uckermark in dieser Reihenfolge
      | Birke 1    |
      | Seeblick 2 |
      | Seeblick 1 |

  @anf:S4.3.guenstig
  Szenario: Von zwei geeigneten Plätzen steht der günstigere vorn, mit seinem Preis
    Wenn das Jugendamt Uckermark sucht
      | Alter | 10 |
    Dann findet das Jugendamt Uckermark in dieser Reihenfolge
      | Birke 2 |
      | Birke 1 |
    Und liest das Jugendamt Uckermark bei „Birke 2“: „170,00 €“

  @anf:S4.3.geeignet
  Szenario: Was besser passt, steht vor dem, was weniger kostet
    Wenn das Jugendamt Uckermark sucht
      | Alter  | 15            |
      | besser | Einzelzimmer  |
    Dann findet das Jugendamt Uckermark in dieser Reihenfolge
      | Seeblick 1 |
      | Birke 1    |
    Und liest das Jugendamt Uckermark bei „Seeblick 1“: „Einzelzimmer“
    Und liest das Jugendamt Uckermark bei „Birke 1“: „keine Angabe zu „Einzelzimmer“

  @anf:S4.3.geeignet
  Szenario: Was nicht erfüllt, was sein muss, ist kein Treffer, und die Zahl davon steht dabei
    Wenn das Jugendamt Uckermark sucht
      | Alter | 15           |
      | muss  | barrierefrei |
    Dann findet das Jugendamt Uckermark in dieser Reihenfolge
      | Seeblick 1 |
    Und liest das Jugendamt Uckermark unter den Treffern: „gesucht: barrierefrei“
    Und erfährt das Jugendamt Uckermark auf die Frage nach „Birke 1“: „nicht barrierefrei“

  Szenario: Im Umkreis gilt die Luftlinie, und wo nichts ist, steht, woran es liegt
    Wenn das Jugendamt Uckermark sucht
      | Alter   | 15      |
      | nahe    | Templin |
      | Umkreis | 10 km   |
    Dann findet das Jugendamt Uckermark in dieser Reihenfolge
      | Seeblick 1 |
    Wenn das Jugendamt Uckermark sucht
      | Alter    | 15       |
      | höchstens | 100 Euro |
    Dann findet das Jugendamt Uckermark nichts
    Und liest das Jugendamt Uckermark unter den Treffern: „100,00 €“
