# language: de
Funktionalität: Jedes Anliegen kommt zur richtigen Stelle

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit

  @anf:S0.6 @anf:S1.3 @anf:S3.6
  Szenariogrundriss: „<Leistung>“ geht <wohin>, und dort weiß man schon, worum es geht
    Angenommen <wer> <von wo> ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt als Anliegen „<Leistung>“ vermerkt
    Dann nennt der Bildschirm den „<Antrag>“
    Wenn Frau Brandt <wohin> weiterleitet
    Dann klingelt es bei <wem>
    Und kennt <wer> schon das Anliegen „<Leistung>“ und den „<Antrag>“
    Wenn <wer> das Gespräch annimmt
    Dann erscheint <wer> <von wo> auf dem Bildschirm

    @anf:S0.5.wohngeldstelle
    Beispiele:
      | Leistung                    | Antrag                                    | wohin                  | wer            | wem            | von wo                |
      | Wohngeld: Lastenzuschuss    | Antrag auf Wohngeld (Lastenzuschuss)      | an die Wohngeldstelle  | Frau Vogt      | Frau Vogt      | von der Wohngeldstelle |

    @anf:S0.5.sozialamt
    Beispiele:
      | Leistung                    | Antrag                                    | wohin                  | wer            | wem            | von wo                |
      | Grundsicherung im Alter     | Antrag auf Grundsicherung                            | an das Sozialamt       | Frau Lorenz    | Frau Lorenz    | vom Sozialamt         |

    @anf:S0.5.pflegestuetzpunkt
    Beispiele:
      | Leistung                    | Antrag                                    | wohin                  | wer            | wem            | von wo                |
      | Pflege- und Sozialberatung  | Anmeldung zur Pflegeberatung                                  | an den Pflegestützpunkt | Herr Petersen | Herrn Petersen | vom Pflegestützpunkt  |

    Beispiele:
      | Leistung                    | Antrag                                    | wohin                  | wer            | wem            | von wo                |
      | Bundeselterngeld            | Antrag auf Elterngeld                             | an das Jugendamt       | Frau Jahn      | Frau Jahn      | vom Jugendamt         |

  @anf:S1.6 @anf:S3.16 @anf:S0.5.aok
  Szenario: Auch die AOK Nordost ist zu erreichen, als externes Angebot
    Angenommen Frau Arendt von der AOK Nordost ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und die Bürgerin die Verdienstbescheinigung in den Scanner legt
    Und Frau Brandt die Verdienstbescheinigung einscannt
    Dann liegt die Verdienstbescheinigung mit einer Seite vollständig vor
    Wenn Frau Brandt an die AOK Nordost weiterleitet
    Und Frau Arendt das Gespräch annimmt
    Dann erscheint Frau Arendt von der AOK Nordost auf dem Bildschirm
    Und sieht Frau Arendt keine Unterlagen im Vorgang

  Szenario: Falsche Stelle: Das Gespräch geht weiter, und niemand muss von vorn anfangen
    Angenommen Frau Vogt von der Wohngeldstelle ist bereit
    Und Frau Lorenz vom Sozialamt ist bereit
    Wenn der Bürger das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt als Anliegen „Grundsicherung im Alter“ vermerkt
    Und Frau Brandt an die Wohngeldstelle weiterleitet
    Und Frau Vogt das Gespräch annimmt
    Und Frau Vogt an das Sozialamt weiterleitet
    Dann kennt Frau Lorenz schon das Anliegen „Grundsicherung im Alter“ und den „Antrag auf Grundsicherung“
    Wenn Frau Lorenz das Gespräch annimmt
    Dann erscheint Frau Lorenz vom Sozialamt auf dem Bildschirm
    Und war es ein einziger Besuch

  @anf:S3.6
  Szenario: Wer weitergeleitet hat, sieht, wie es dort steht, und holt die Bürgerin zurück, solange niemand annimmt
    Angenommen Frau Vogt von der Wohngeldstelle ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt an die Wohngeldstelle weiterleitet
    Dann klingelt es bei Frau Vogt
    Und steht die Weiterleitung bei Frau Brandt auf „klingelt“
    Wenn Frau Brandt die Bürgerin zurückholt
    Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm
    Und steht Frau Vogt auf „bereit“
    Und war es ein einziger Besuch

  Szenario: Wer weitergeleitet hat, erfährt, wer die Bürgerin übernommen hat
    Angenommen Frau Vogt von der Wohngeldstelle ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt an die Wohngeldstelle weiterleitet
    Und Frau Vogt das Gespräch annimmt
    Dann steht die Weiterleitung bei Frau Brandt auf „angenommen“
    Wenn Frau Brandt die Bürgerin zurückholt
    Dann wird Frau Brandt gesagt: „Dieser Anruf ist nicht mehr bei Ihnen.“
    Und erscheint Frau Vogt von der Wohngeldstelle auf dem Bildschirm
