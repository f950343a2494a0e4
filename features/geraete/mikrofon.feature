# language: de
Funktionalität: Was ein Mikrofon zeigt

  Grenzen, Bezüge und Unsicherheiten stehen in klassen/mikrofon-2026.1.toml.

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet

  @anf:mikrofon.abstand @anf:mikrofon.uebersteuert @braucht:microphone
  Szenario: Eine Stimme hebt sich vom Rauschen ab und übersteuert nichts
    Wenn 1 s lang in das Mikrofon gesprochen wird
    Dann liegt „Abstand der Stimme zum Rauschen“ in der Grenze
    Und liegt „Übersteuerung“ in der Grenze

  @anf:mikrofon.luecken @braucht:microphone @dauert
  Szenario: Es fehlt nichts von dem, was gesprochen wird
    Wenn 5 s lang in das Mikrofon gesprochen wird
    Dann liegt „Lücken im Ton“ in der Grenze

  @anf:mikrofon.ausfall @braucht:microphone @dauert
  Szenario: Fällt es aus, so wird es alsbald genannt
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und das Mikrofon ausfällt
    Dann liegt „Ausfall des Mikrofons“ in der Grenze

  @anf:mikrofon.taub @braucht:microphone @dauert
  Szenario: Hört es nichts mehr, obwohl es antwortet, so wird auch das genannt
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Angenommen das Mikrofon hört nichts und sendet nur Stille
    Dann liegt „Ausfall des Mikrofons“ in der Grenze

  @anf:mikrofon.fremd @braucht:microphone @stufe:wire @dauert
  Szenario: Ein anderes Gerät an seinem Anschluss wird als solches genannt
    Dann fällt auf, wenn dort ein anderes Gerät hängt als das Mikrofon
