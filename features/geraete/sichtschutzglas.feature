# language: de
Funktionalität: Was ein schaltbares Glas zeigt

  Grenzen, Bezüge und Unsicherheiten stehen in klassen/sichtschutzglas-2026.1.toml.

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet

  @anf:sichtschutzglas.schaltet @anf:sichtschutzglas.schaltzeit @braucht:privacy_glass
  Szenario: Es schaltet um, jedes Mal und alsbald
    Wenn das Sichtschutzglas 3-mal ein- und ausgeschaltet wird
    Dann liegt „Verpasste Schaltungen des Glases“ in der Grenze
    Und liegt „Schaltzeit des Glases“ in der Grenze

  @anf:sichtschutzglas.ausfall @braucht:privacy_glass @dauert
  Szenario: Lässt es sich nicht schalten, so wird das alsbald genannt
    Wenn das Sichtschutzglas ausfällt
    Und das Sichtschutzglas zu schalten versucht wird
    Dann liegt „Ausfall des Sichtschutzglases“ in der Grenze

  @anf:S3.13 @braucht:privacy_glass @dauert
  Szenario: Bleibt es hängen, so wird das alsbald genannt
    Angenommen das Sichtschutzglas schaltet nicht mehr um
    Wenn das Sichtschutzglas zu schalten versucht wird
    Dann sagt die Einheit an der Tür, dass sich das Sichtschutzglas nicht schalten lässt

  @anf:sichtschutzglas.fremd @braucht:privacy_glass @stufe:wire @dauert
  Szenario: Ein anderes Gerät an seinem Anschluss wird als solches genannt
    Dann fällt auf, wenn dort ein anderes Gerät hängt als das Sichtschutzglas
