# language: de
Funktionalität: Aufnehmen, verlegen und entlassen

  Hintergrund:
    Angenommen der Träger Seeweg im Landkreis Uckermark hat diese Plätze
      | Platz      | Gruppe   |
      | Seeblick 1 | Seeblick |
      | Seeblick 2 | Seeblick |
    Wenn das Jugendamt Uckermark „Seeblick 1“ reserviert
    Und der Träger Seeweg die Reservierung von „Seeblick 1“ bestätigt
    Und der Träger Seeweg jemanden in „Seeblick 1“ aufnimmt

  Szenario: Aufgenommen steht es bei beiden, und für alle anderen ist der Platz belegt
    Dann läuft beim Jugendamt Uckermark die Hilfe in „Seeblick 1“
    Und läuft beim Träger Seeweg die Hilfe in „Seeblick 1“
    Und sieht der Träger Seeweg „Seeblick 1“ als „belegt“
    Wenn das Jugendamt Barnim sucht
      | Alter | 14 |
    Dann findet das Jugendamt Barnim in dieser Reihenfolge
      | Seeblick 2 |
    Und erfährt das Jugendamt Barnim auf die Frage nach „Seeblick 1“: „Kein Treffer“

  @anf:S4.4
  Szenario: Nach der Entlassung ist der Platz am nächsten Tag in jeder offenen Liste
    Wenn das Jugendamt Barnim sucht
      | Alter | 14     |
      | ab    | morgen |
    Und der Träger Seeweg jemanden aus „Seeblick 1“ entlässt: „gemäß Hilfeplan oder Beratungszielen“
    Dann erscheint „Seeblick 1“ in der offenen Liste beim Jugendamt Barnim
    Und ist beim Jugendamt Uckermark die Hilfe in „Seeblick 1“ beendet
    Und sieht der Träger Seeweg „Seeblick 1“ als „belegt“
    Wenn es einen Tag später ist
    Dann sieht der Träger Seeweg „Seeblick 1“ als „frei“

  Szenario: Wer umzieht, gibt seinen alten Platz frei
    Wenn der Träger Seeweg jemanden von „Seeblick 1“ nach „Seeblick 2“ verlegt
    Dann läuft beim Jugendamt Uckermark die Hilfe in „Seeblick 2“
    Und sieht der Träger Seeweg „Seeblick 1“ als „frei“
    Und sieht der Träger Seeweg „Seeblick 2“ als „belegt“
