# language: de
Funktionalität: Was ein Türkontakt zeigt

  Grenzen, Bezüge und Unsicherheiten stehen in klassen/tuerkontakt-2026.1.toml.

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet

  @anf:tuerkontakt.meldung @braucht:door
  Szenario: Geht die Tür auf, so wird das sofort gemeldet
    Wenn die Tür mit dem zweiten Kontakt aufgeht
    Dann liegt „Meldung der offenen Tür“ in der Grenze

  @anf:tuerkontakt.vollzaehlig @braucht:door @dauert
  Szenario: Von zehn Malen Öffnen und Schließen wird keines verpasst
    Wenn die Tür 10-mal auf- und zugeht
    Dann liegt „Verpasste Türbewegungen“ in der Grenze

  @anf:tuerkontakt.ruhe @braucht:door @dauert
  Szenario: Zehn Minuten lang meldet er an einer Tür, die niemand anrührt, nichts
    Wenn 10 Minuten vergehen
    Dann liegt „Falsche Türmeldungen“ in der Grenze

  @anf:tuerkontakt.ausfall @braucht:door @dauert
  Szenario: Fällt er aus, so wird er alsbald genannt
    Wenn der Türkontakt ausfällt
    Dann liegt „Ausfall des Türkontakts“ in der Grenze

  @anf:tuerkontakt.fremd @braucht:door @stufe:wire @dauert
  Szenario: Ein anderes Gerät an seinem Anschluss wird als solches genannt
    Dann fällt auf, wenn dort ein anderes Gerät hängt als der Türkontakt
