# language: de
Funktionalität: Was im Bürgerbüro zu haben ist

  @anf:S0.12.lebensunterhalt @anf:S0.12.eingliederungshilfe @anf:S0.12.grundsicherung @anf:S0.12.hilfe-zur-pflege
  @anf:S0.12.mietzuschuss @anf:S0.12.lastenzuschuss @anf:S0.12.krankenversicherung @anf:S0.12.pflegeversicherung
  @anf:S0.12.beratung @anf:S0.13.kita @anf:S0.13.elterngeld
  Szenario: Für jede Leistung ist eine Stelle zuständig
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Dann kann Frau Brandt jedes Anliegen wählen, und es führt zu seiner Stelle
      | Wohngeld: Mietzuschuss                             | Wohngeldstelle    |
      | Wohngeld: Lastenzuschuss                           | Wohngeldstelle    |
      | Grundsicherung im Alter                            | Sozialamt         |
      | Hilfe zum Lebensunterhalt                          | Sozialamt         |
      | Eingliederungshilfe für Menschen mit Behinderung   | Sozialamt         |
      | Hilfe zur Pflege                                   | Sozialamt         |
      | Pflege- und Sozialberatung                         | Pflegestützpunkt  |
      | Leistungen der Krankenversicherung                 | AOK Nordost       |
      | Leistungen der Pflegeversicherung                  | AOK Nordost       |
      | Bundeselterngeld                                   | Jugendamt         |
      | Kita-Rechtsanspruch                                | Jugendamt         |
      | Beratung bei Trennung, Scheidung, Sorge und Umgang | Jugendamt         |
      | Beistandschaft                                     | Jugendamt         |

  @anf:S0.13.kita @anf:S0.13.elterngeld
  Szenariogrundriss: Am <Tag> sind die Leistungen des Jugendamts <zu wählen>
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und es ist der <Tag>, 10 Uhr
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Dann kann Frau Brandt „Bundeselterngeld“ <zu wählen>
    Und kann Frau Brandt „Kita-Rechtsanspruch“ <zu wählen>
    Und kann Frau Brandt „Wohngeld: Mietzuschuss“ wählen

    Beispiele:
      | Tag        | zu wählen    |
      | 15.04.2024 | nicht wählen |
      | 19.04.2024 | wählen       |
