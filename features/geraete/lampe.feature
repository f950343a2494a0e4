# language: de
Funktionalität: Was die Lampe über der Tür zeigt

  Grenzen, Bezüge und Unsicherheiten stehen in klassen/lampe-2026.1.toml.

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet

  @anf:lampe.farben @braucht:lamp
  Szenario: Jede ihrer Farben ist zu sehen, und sie lässt sich ausschalten
    Wenn die Lampe jede ihrer Farben zeigt
    Dann liegt „Verpasste Farben der Lampe“ in der Grenze

  @anf:lampe.ausfall @braucht:lamp @dauert
  Szenario: Lässt sie sich nicht schalten, so wird das alsbald genannt
    Wenn die Lampe ausfällt
    Und die Lampe zu schalten versucht wird
    Dann liegt „Ausfall der Lampe“ in der Grenze

  @anf:S3.13 @braucht:lamp @dauert
  Szenario: Bleibt sie, wie sie ist, so wird das alsbald genannt
    Angenommen die Lampe bleibt, wie sie ist
    Wenn die Lampe zu schalten versucht wird
    Dann sagt die Einheit an der Tür, dass sich die Lampe nicht schalten lässt

  @anf:lampe.fremd @braucht:lamp @stufe:wire @dauert
  Szenario: Ein anderes Gerät an ihrem Anschluss wird als solches genannt
    Dann fällt auf, wenn dort ein anderes Gerät hängt als die Lampe
