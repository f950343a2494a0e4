# language: de
Funktionalität: Standorte und Stellen kommen durch Konfiguration dazu

  @anf:S0.4
  Szenariogrundriss: Im Bürgerbüro <Ort> wird man verbunden
    Angenommen zum Landkreis gehört das Bürgerbüro <Ort>
    Und das Bürgerbüro <Ort> ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und sie Platz nimmt
    Dann klingelt es bei Frau Brandt

    Beispiele: die ersten fünf
      | Ort          |
      | Templin      |
      | Angermünde   |
      | Gartz (Oder) |
      | Gramzow      |
      | Lychen       |

    @anf:S1.5
    Beispiele: die nächsten
      | Ort      |
      | Brüssow  |
      | Gerswalde |

  @anf:S2.6
  Szenario: Eine weitere Stelle ist angeschlossen und nimmt weitergeleitete Gespräche an
    Angenommen zum Landkreis gehört die Stelle „Jobcenter Uckermark“ mit Frau Zander
    Und das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Und Frau Zander vom Jobcenter ist bereit
    Wenn der Bürger das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt an das Jobcenter weiterleitet
    Und Frau Zander das Gespräch annimmt
    Dann erscheint Frau Zander vom Jobcenter auf dem Bildschirm
