# language: de
Funktionalität: Was ein Lautsprecher zeigt

  Grenzen, Bezüge und Unsicherheiten stehen in klassen/lautsprecher-2026.1.toml.

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet

  @anf:lautsprecher.einsatz @anf:lautsprecher.ende @braucht:loudspeaker
  Szenario: Ein Ton ist alsbald zu hören, und danach nicht mehr
    Wenn der Lautsprecher einen Prüfton spielt
    Dann liegt „Einsatz des Prüftons“ in der Grenze
    Und ist vom Prüfton nichts mehr zu hören

  @anf:lautsprecher.ausfall @braucht:loudspeaker @dauert
  Szenario: Fällt er aus, so wird er alsbald genannt
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und der Lautsprecher ausfällt
    Dann liegt „Ausfall des Lautsprechers“ in der Grenze

  @anf:lautsprecher.stumm @braucht:loudspeaker @dauert
  Szenario: Ist sein Ton abgeschaltet, so wird auch das genannt
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Angenommen der Lautsprecher ist stummgeschaltet
    Dann liegt „Ausfall des Lautsprechers“ in der Grenze

  @anf:lautsprecher.lautstaerke @braucht:loudspeaker @manuell
  Szenario: Die Lautstärke lässt sich weit genug stellen
    Dann liegt „Stellbereich der Lautstärke“ in der Grenze

  @anf:lautsprecher.fremd @braucht:loudspeaker @stufe:wire @dauert
  Szenario: Ein anderes Gerät an seinem Anschluss wird als solches genannt
    Dann fällt auf, wenn dort ein anderes Gerät hängt als der Lautsprecher
