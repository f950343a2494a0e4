# language: de
Funktionalität: Was eine Ruftaste zeigt

  Grenzen, Bezüge und Unsicherheiten stehen in klassen/ruftaste-2026.1.toml.

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet

  @anf:ruftaste.meldung @braucht:call_button
  Szenario: Ein Druck wird sofort gemeldet
    Wenn die Ruftaste mit dem zweiten Kontakt gedrückt wird
    Dann liegt „Meldung der Ruftaste“ in der Grenze

  @anf:ruftaste.vollzaehlig @braucht:call_button @dauert
  Szenario: Von zehn Malen Drücken wird keines verpasst
    Wenn die Ruftaste 10-mal gedrückt wird
    Dann liegt „Verpasste Tastendrücke“ in der Grenze

  @anf:ruftaste.ruhe @braucht:call_button @dauert
  Szenario: Zehn Minuten lang meldet sie nichts, wenn niemand sie anrührt
    Wenn 10 Minuten vergehen
    Dann liegt „Falsche Tastendrücke“ in der Grenze

  @anf:ruftaste.ausfall @braucht:call_button @dauert
  Szenario: Fällt sie aus, so wird sie alsbald genannt
    Wenn die Ruftaste ausfällt
    Dann liegt „Ausfall der Ruftaste“ in der Grenze

  @anf:S3.13 @braucht:call_button @stufe:wire @dauert
  Szenario: Aus Störungen auf der Leitung wird kein Ruf
    Angenommen der Türkontakt sendet Unsinn zwischen den Meldungen
    Dann bleibt das Bürgerbüro 2 s lang frei

  @anf:ruftaste.fremd @braucht:call_button @stufe:wire @dauert
  Szenario: Ein anderes Gerät an ihrem Anschluss wird als solches genannt
    Dann fällt auf, wenn dort ein anderes Gerät hängt als die Ruftaste

  @anf:ruftaste.hoehe @anf:ruftaste.tiefe @braucht:call_button @manuell
  Szenario: Sie ist im Sitzen und im Stehen zu erreichen
    Dann liegt „Höhe der Ruftaste“ in der Grenze

  @anf:ruftaste.kraft @anf:ruftaste.widerstand @braucht:call_button @manuell
  Szenario: Sie lässt sich leicht drücken, und nicht aus Versehen
    Dann liegt „Kraft zum Drücken“ in der Grenze
