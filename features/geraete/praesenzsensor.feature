# language: de
Funktionalität: Was ein Präsenzsensor zeigt

  Grenzen, Bezüge und Unsicherheiten stehen in klassen/praesenzsensor-2026.1.toml.

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet

  @anf:praesenzsensor.meldung @braucht:presence
  Szenario: Wer eintritt, wird alsbald gemeldet
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann liegt „Meldung des Eintretens“ in der Grenze

  @anf:praesenzsensor.verlassen @braucht:presence @dauert
  Szenario: Wer gegangen ist, wird nicht mehr gemeldet
    Wenn die Bürgerin das Bürgerbüro betritt
    Und die Bürgerin Platz nimmt
    Und die Bürgerin das Bürgerbüro verlässt
    Dann liegt „Meldung des Verlassens“ in der Grenze

  @anf:praesenzsensor.still @braucht:presence @dauert
  Szenario: Wer zehn Minuten still sitzt, bleibt gemeldet
    Wenn die Bürgerin das Bürgerbüro betritt
    Und die Bürgerin 10 Minuten lang still sitzt
    Dann liegt „Stilles Sitzen“ in der Grenze

  @anf:praesenzsensor.fehlalarm @braucht:presence @dauert
  Szenario: Zehn Minuten lang wird in einem leeren Bürgerbüro niemand gemeldet
    Wenn 10 Minuten vergehen
    Dann liegt „Fehlalarme“ in der Grenze

  @anf:praesenzsensor.reichweite @braucht:presence @dauert
  Szenario: Wer an der am weitesten entfernten Stelle steht, wird gemeldet
    Wenn jemand 250 cm vor dem Präsenzsensor stehen bleibt
    Und 60 s vergehen
    Dann liegt „Reichweite“ in der Grenze

  @anf:praesenzsensor.entfernung @braucht:presence.entfernung @dauert
  Szenario: Die gemeldete Entfernung stimmt
    Wenn jemand 250 cm vor dem Präsenzsensor stehen bleibt
    Und 60 s vergehen
    Dann liegt „Gemeldete Entfernung“ in der Grenze

  @anf:praesenzsensor.takt @braucht:presence @stufe:wire @dauert
  Szenario: Er meldet oft genug, dass ein Ausfall auffällt
    Wenn 10 s vergehen
    Dann liegt „Takt der Meldungen“ in der Grenze

  @anf:praesenzsensor.ausfall @braucht:presence @dauert
  Szenario: Fällt er aus, so wird er alsbald genannt
    Wenn der Präsenzsensor ausfällt
    Dann liegt „Ausfall des Präsenzsensors“ in der Grenze

  @anf:S3.13 @braucht:presence @stufe:wire @dauert
  Szenariogrundriss: Aus Störungen auf der Leitung wird keine Person
    Angenommen der Präsenzsensor <was auf der Leitung geschieht>
    Dann bleibt das Bürgerbüro 2 s lang frei

    Beispiele:
      | was auf der Leitung geschieht              |
      | sendet Unsinn zwischen den Meldungen |
      | bricht Meldungen in der Mitte ab |

  @anf:praesenzsensor.fremd @braucht:presence @stufe:wire @dauert
  Szenario: Ein anderes Gerät an seinem Anschluss wird als solches genannt
    Dann fällt auf, wenn dort ein anderes Gerät hängt als der Präsenzsensor
