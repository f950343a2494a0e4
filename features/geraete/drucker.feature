# language: de
Funktionalität: Was ein Drucker zeigt

  Grenzen, Bezüge und Unsicherheiten stehen in klassen/drucker-2026.1.toml.

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet

  @anf:drucker.erste-seite @braucht:printer @dauert
  Szenario: Das erste Blatt liegt in angemessener Zeit da
    Wenn der Drucker ein Testblatt druckt
    Dann liegt „Zeit bis zum ersten Blatt“ in der Grenze

  @anf:drucker.vollzaehlig @anf:drucker.lesbar @braucht:printer
  Szenario: Das Blatt liegt ganz und lesbar im Fach, und nur dieses
    Wenn der Drucker ein Testblatt druckt
    Dann liegt das Testblatt lesbar im Drucker
    Und liegt „Fehlende Blätter“ in der Grenze

  @anf:drucker.ausfall @braucht:printer @dauert
  Szenario: Fällt er aus, so wird er alsbald genannt
    Wenn der Drucker ausfällt
    Und der Drucker ein Testblatt zu drucken versucht
    Dann liegt „Ausfall des Druckers“ in der Grenze

  @anf:drucker.fremd @braucht:printer @stufe:wire @dauert
  Szenario: Ein anderes Gerät unter seiner Adresse wird als solches genannt
    Dann fällt auf, wenn dort ein anderes Gerät hängt als der Drucker
