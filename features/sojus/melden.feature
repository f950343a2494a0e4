# language: de
Funktionalität: Plätze melden und bestätigen

  Hintergrund:
    Angenommen der Träger Seeweg im Landkreis Uckermark hat diese Plätze
      | Platz      | Gruppe   | Satz   |
      | Seeblick 1 | Seeblick | 190,00 |
      | Seeblick 2 | Seeblick | 190,00 |
    Und der Träger Birkenhof im Landkreis Barnim hat diese Plätze
      | Platz   | Gruppe  | Satz   |
      | Birke 1 | Birke   | 210,00 |

  @anf:S4.4
  Szenario: Was eine Gruppenleiterin meldet, steht sofort in jeder offenen Liste
    Wenn das Jugendamt Barnim sucht
      | Alter | 14 |
    Und der Träger Seeweg „Seeblick 1“ als belegt meldet
    Dann verschwindet „Seeblick 1“ aus der offenen Liste beim Jugendamt Barnim
    Und sieht der Träger Seeweg „Seeblick 1“ als „belegt“
    Wenn das Jugendamt Barnim sucht
      | Alter | 14 |
    Und der Träger Seeweg „Seeblick 1“ wieder als frei meldet
    Dann erscheint „Seeblick 1“ in der offenen Liste beim Jugendamt Barnim

  Szenario: Was lange niemand bestätigt hat, steht hinter dem, was bestätigt ist, und das steht dabei
    Wenn es 8 Tage später ist
    Und der Träger Birkenhof die Gruppe „Birke“ bestätigt
    Und das Jugendamt Uckermark sucht
      | Alter | 14 |
    Dann findet das Jugendamt Uckermark in dieser Reihenfolge
      | Birke 1    |
      | Seeblick 1 |
      | Seeblick 2 |
    Und liest das Jugendamt Uckermark bei „Seeblick 1“: „Veraltet, vor 8 Tagen“
    Und liest das Jugendamt Uckermark bei „Birke 1“: „Bestätigt am 01.12.2026“
    Und liest der Träger Birkenhof bei der Gruppe „Birke“: „01.12.2026“

  Szenario: Wer schließt, bietet so lange nichts an, und danach wieder
    Wenn der Träger Seeweg „Seeblick 1“ für zwei Wochen schließt: „Das Bad wird gemacht“
    Und das Jugendamt Uckermark sucht
      | Alter | 14 |
    Dann findet das Jugendamt Uckermark „Seeblick 1“ nicht
    Und erfährt das Jugendamt Uckermark auf die Frage nach „Seeblick 1“: „Kein Treffer“
    Und sieht der Träger Seeweg „Seeblick 1“ als „geschlossen“
    Wenn es 14 Tage später ist
    Dann sieht der Träger Seeweg „Seeblick 1“ als „frei“

  Szenario: Was einem anderen Träger gehört, meldet niemand
    Wenn der Träger Birkenhof „Seeblick 1“ als belegt zu melden versucht
    Dann erfährt der Träger Birkenhof: „stimmt nicht“
    Und sieht der Träger Seeweg „Seeblick 1“ als „frei“

  Szenario: Was reserviert ist, lässt sich nicht schließen
    Wenn das Jugendamt Uckermark „Seeblick 1“ reserviert
    Und der Träger Seeweg „Seeblick 1“ zu schließen versucht
    Dann erfährt der Träger Seeweg: „reserviert“
    Und sieht der Träger Seeweg „Seeblick 1“ als „reserviert“
