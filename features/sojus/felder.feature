# language: de
Funktionalität: Dieselben Regeln für Altenpflege, Asyl und Integration

  @anf:S4.11.altenpflege
  Szenario: Ein Pflegeplatz wird gesucht, reserviert und bestätigt wie ein Platz im Heim
    Angenommen der Träger Abendrot im Landkreis Uckermark hat diese Plätze
      | Platz    | Hilfe                  | Alter      | Merkmale                                     | Satz   |
      | Zimmer 7 | Kurzzeitpflege         | 60 bis 120 | Pflegegrad 2 bis 4, Schwerpunkte: Demenz     | 131,50 |
      | Zimmer 8 | Kurzzeitpflege         | 60 bis 120 | Pflegegrad 2 bis 3, Zimmer: für eine Person  | 119,00 |
    Wenn das Sozialamt Uckermark sucht
      | Hilfe | Kurzzeitpflege                         |
      | Alter | 84                                     |
      | muss  | Pflegegrad 4, Schwerpunkte: Demenz     |
    Dann findet das Sozialamt Uckermark in dieser Reihenfolge
      | Zimmer 7 |
    Und liest das Sozialamt Uckermark unter den Treffern: „Pflegegrad 4“
    Wenn das Sozialamt Uckermark „Zimmer 7“ reserviert
    Und der Träger Abendrot die Reservierung von „Zimmer 7“ bestätigt
    Dann hat das Sozialamt Uckermark „Zimmer 7“ bestätigt bekommen

  @anf:S4.11.asyl
  Szenario: Eine Familie findet zusammen Platz in einer Gemeinschaftsunterkunft
    Angenommen der Träger Brücke im Landkreis Barnim hat diese Plätze
      | Platz     | Hilfe                    | Gruppe | Alter     |
      | Wohnung 1 | Gemeinschaftsunterkunft  | Haus A | 0 bis 120 |
      | Wohnung 2 | Gemeinschaftsunterkunft  | Haus A | 0 bis 120 |
      | Wohnung 3 | Gemeinschaftsunterkunft  | Haus B | 0 bis 120 |
    Wenn das Sozialamt Barnim sucht
      | Hilfe | Gemeinschaftsunterkunft |
      | Alter | 34 und 6                |
    Dann findet das Sozialamt Barnim in dieser Reihenfolge
      | Wohnung 1 |
      | Wohnung 2 |
    Wenn das Sozialamt Barnim „Wohnung 1“ und „Wohnung 2“ zusammen reserviert
    Dann hat das Sozialamt Barnim „Wohnung 1“
    Und hat das Sozialamt Barnim „Wohnung 2“

  @anf:S4.11.integration
  Szenario: In einem Integrationskurs ist Platz, bis er voll ist
    Angenommen der Träger Brücke im Landkreis Barnim hat diese Plätze
      | Platz  | Hilfe            | Umfang | Alter     | Satz |
      | Kurs A | Integrationskurs | 2      | 16 bis 99 | 4,58 |
    Wenn das Sozialamt Barnim „Kurs A“ reserviert
    Und das Sozialamt Uckermark „Kurs A“ reserviert
    Und das Sozialamt Uckermark „Kurs A“ zu reservieren versucht
    Dann erfährt das Sozialamt Uckermark: „nicht mehr in diesem Umfang frei“
