# language: de
Funktionalität: Was die Kamera zeigt, die die Person zeigt

  Grenzen, Bezüge und Unsicherheiten stehen in klassen/personenkamera-2026.1.toml.

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet

  @anf:personenkamera.bildrate @braucht:citizen_camera @stufe:wire
  Szenario: Sie liefert Bilder oft genug
    Wenn die Kamera 3 s lang läuft
    Dann liegt „Bildrate der Kamera“ in der Grenze

  @anf:personenkamera.bildgroesse @braucht:citizen_camera @dauert
  Szenario: Ihre Bilder sind groß genug
    Wenn die Kamera 1 s lang läuft
    Dann liegt „Bildgröße der Kamera“ in der Grenze

  @anf:personenkamera.ausfall @braucht:citizen_camera @dauert
  Szenario: Fällt sie aus, so wird sie alsbald genannt
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und die Kamera ausfällt
    Dann liegt „Ausfall der Kamera“ in der Grenze
