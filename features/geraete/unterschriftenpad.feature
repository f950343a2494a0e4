# language: de
Funktionalität: Was ein Unterschriftenpad zeigt

  Grenzen, Bezüge und Unsicherheiten stehen in klassen/unterschriftenpad-2026.1.toml.

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet

  @anf:unterschriftenpad.abtastung @anf:unterschriftenpad.luecken @anf:unterschriftenpad.aufloesung @braucht:signature_pad
  Szenario: Ein Strich am Lineal kommt ohne Lücke, oft und fein genug
    Wenn auf dem Unterschriftenpad ein Strich am Lineal gezogen wird
    Dann liegt „Abtastung“ in der Grenze
    Und liegt „Lücken im Strich“ in der Grenze
    Und liegt „Auflösung des Pads“ in der Grenze

  @anf:unterschriftenpad.druck @braucht:signature_pad.druck @dauert
  Szenario: Der Druck des Stifts wird fein genug gemessen
    Wenn auf dem Unterschriftenpad ein Strich am Lineal gezogen wird
    Dann liegt „Druckstufen“ in der Grenze

  @anf:unterschriftenpad.sauber @braucht:signature_pad @dauert
  Szenario: Danach ist auf dem Pad nichts mehr zu sehen
    Wenn auf dem Unterschriftenpad ein Strich am Lineal gezogen wird
    Dann ist das Unterschriftenpad nach der Messung leer

  @anf:unterschriftenpad.ausfall @braucht:signature_pad @dauert
  Szenario: Fällt es aus, so wird es alsbald genannt
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und das Unterschriftenpad ausfällt
    Dann liegt „Ausfall des Unterschriftenpads“ in der Grenze
