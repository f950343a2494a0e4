# language: de
Funktionalität: Was der Kopf zeigt, der die Kamera über dem Tisch dreht

  Grenzen, Bezüge und Unsicherheiten stehen in klassen/kamerakopf-2026.1.toml.

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet

  @anf:kamerakopf.fahrzeit @anf:kamerakopf.genau @braucht:camera_head
  Szenario: Er steht alsbald dort, wohin er soll
    Wenn der Kamerakopf in jede Richtung und wieder zurück fährt
    Dann liegt „Fahrzeit des Kamerakopfs“ in der Grenze
    Und liegt „Abweichung des Kamerakopfs“ in der Grenze

  @anf:S3.13 @braucht:camera_head @dauert
  Szenariogrundriss: Führt er einen Befehl nicht aus, so wird das genannt
    Angenommen der Kamerakopf <was er nicht tut>
    Wenn der Kamerakopf in jede Richtung und wieder zurück fährt
    Dann nennt der Kamerakopf selbst, dass er nicht dort ist, wohin er sollte

    Beispiele:
      | was er nicht tut                                   |
      | bewegt sich nicht mehr                             |
      | nimmt einen Befehl an und führt ihn nicht aus      |

  @anf:kamerakopf.ausfall @braucht:camera_head @dauert
  Szenario: Fällt er aus, so wird er alsbald genannt
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und der Kamerakopf ausfällt
    Dann liegt „Ausfall des Kamerakopfs“ in der Grenze

  @anf:S3.13 @braucht:camera_head @stufe:wire @dauert
  Szenariogrundriss: Störungen auf der Leitung bringen ihn nicht an eine andere Stelle
    Angenommen der Kamerakopf <was auf der Leitung geschieht>
    Wenn der Kamerakopf in jede Richtung und wieder zurück fährt
    Dann steht der Kamerakopf dort, wohin er sollte, oder er sagt, dass nicht

    Beispiele:
      | was auf der Leitung geschieht        |
      | sendet Unsinn zwischen den Meldungen |
      | bricht Meldungen in der Mitte ab     |

  @anf:kamerakopf.fremd @braucht:camera_head @stufe:wire @dauert
  Szenario: Ein anderes Gerät an seinem Anschluss wird als solches genannt
    Dann fällt auf, wenn dort ein anderes Gerät hängt als der Kamerakopf
