# language: de
Funktionalität: Namen junger Menschen

  Hintergrund:
    Angenommen der Träger Seeweg im Landkreis Uckermark hat diese Plätze
      | Platz      |
      | Seeblick 1 |
    Und der Träger Birkenhof im Landkreis Barnim hat diese Plätze
      | Platz   |
      | Birke 1 |
    Wenn das Jugendamt Uckermark einen Fall für „Erika Muster“ anlegt
    Und das Jugendamt Uckermark „Seeblick 1“ reserviert

  @anf:S4.10.namen
  Szenario: Bevor der Träger bestätigt hat, erfährt er keinen Namen, und danach nur mit einem Zweck
    Wenn der Träger Seeweg nachsieht, wen der Fall vom Jugendamt Uckermark betrifft: „Die Aufnahme vorbereiten“
    Dann erfährt der Träger Seeweg keinen Namen
    Wenn der Träger Seeweg die Reservierung von „Seeblick 1“ bestätigt
    Und der Träger Seeweg nachsieht, wen der Fall vom Jugendamt Uckermark betrifft: „Die Aufnahme vorbereiten“
    Dann erfährt der Träger Seeweg den Namen „Erika Muster“
    Und steht im Protokoll beim Jugendamt Uckermark, dass der Träger Seeweg den Namen gesehen hat

  @anf:S4.10.namen
  Szenario: Andere Ämter und andere Träger erfahren nichts, und dass sie gefragt haben, steht im Protokoll
    Wenn das Jugendamt Barnim nachsieht, wen der Fall vom Jugendamt Uckermark betrifft: „Einen Platz suchen und vereinbaren“
    Dann erfährt das Jugendamt Barnim keinen Namen
    Wenn der Träger Birkenhof nachsieht, wen der Fall vom Jugendamt Uckermark betrifft: „Die Hilfe leisten“
    Dann erfährt der Träger Birkenhof keinen Namen
    Und steht im Protokoll beim Jugendamt Uckermark, dass der Träger Birkenhof den Namen nicht sehen durfte
    Und erfährt der Träger Seeweg nicht: „Erika“

  @anf:S4.10.loeschen
  Szenario: Ein halbes Jahr nach dem Ende der Hilfe ist der Name gelöscht, von selbst
    Wenn der Träger Seeweg die Reservierung von „Seeblick 1“ bestätigt
    Und der Träger Seeweg jemanden in „Seeblick 1“ aufnimmt
    Und der Träger Seeweg jemanden aus „Seeblick 1“ entlässt: „gemäß Hilfeplan oder Beratungszielen“
    Und das Jugendamt Uckermark nachsieht, wen der Fall vom Jugendamt Uckermark betrifft: „Den Hilfeplan führen“
    Dann erfährt das Jugendamt Uckermark den Namen „Erika Muster“
    Wenn es 183 Tage später ist
    Und das Jugendamt Uckermark nachsieht, wen der Fall vom Jugendamt Uckermark betrifft: „Den Hilfeplan führen“
    Dann erfährt das Jugendamt Uckermark keinen Namen

  @anf:S4.10.namen
  Szenario: Ein falscher Name wird berichtigt, und wer ihn beim Träger angesehen hat, erfährt es
    Wenn der Träger Seeweg die Reservierung von „Seeblick 1“ bestätigt
    Und der Träger Seeweg nachsieht, wen der Fall vom Jugendamt Uckermark betrifft: „Die Aufnahme vorbereiten“
    Und das Jugendamt Uckermark den Namen des Falls berichtigt: „Erika Beispiel“
    Dann liest der Träger Seeweg über den Namen: „Bitte den Namen neu ansehen“
    Und liest der Träger Birkenhof nichts über den Namen
    Wenn der Träger Seeweg nachsieht, wen der Fall vom Jugendamt Uckermark betrifft: „Die Aufnahme vorbereiten“
    Dann erfährt der Träger Seeweg den Namen „Erika Beispiel“
    Und liest der Träger Seeweg nichts über den Namen

  @anf:S4.10.loeschen
  Szenario: Das Amt löscht einen Namen selbst, aber nicht, solange etwas von dem Fall offen ist
    Wenn der Träger Seeweg die Reservierung von „Seeblick 1“ bestätigt
    Und der Träger Seeweg nachsieht, wen der Fall vom Jugendamt Uckermark betrifft: „Die Aufnahme vorbereiten“
    Und das Jugendamt Uckermark den Namen des Falls zu löschen versucht
    Dann erfährt das Jugendamt Uckermark: „nicht gelöscht: die Reservierung von“
    Wenn das Jugendamt Uckermark die Reservierung von „Seeblick 1“ absagt
    Und das Jugendamt Uckermark den Namen des Falls löscht
    Dann liest der Träger Seeweg über den Namen: „gelöscht“
    Wenn das Jugendamt Uckermark nachsieht, wen der Fall vom Jugendamt Uckermark betrifft: „Den Hilfeplan führen“
    Dann erfährt das Jugendamt Uckermark keinen Namen
