# language: de
Funktionalität: Was die Kamera über dem Tisch zeigt

  Grenzen, Bezüge und Unsicherheiten stehen in klassen/dokumentenkamera-2026.1.toml.

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet

  @anf:dokumentenkamera.aufloesung @anf:dokumentenkamera.lesbar @braucht:document_camera
  Szenario: Eine Seite ist fein genug zu sehen und zu lesen
    Wenn die Bürgerin die Strichtafel unter die Kamera legt
    Und die Dokumentenkamera 2 s lang läuft
    Dann liegt „Auflösung der Dokumentenkamera“ in der Grenze
    Und liegt „Kontrast unter der Dokumentenkamera“ in der Grenze

  @anf:dokumentenkamera.bildrate @braucht:document_camera @stufe:wire @dauert
  Szenario: Das Bild folgt der Hand
    Wenn die Dokumentenkamera 5 s lang läuft
    Dann liegt „Bildrate der Dokumentenkamera“ in der Grenze

  @anf:dokumentenkamera.weg @braucht:document_camera @dauert
  Szenario: Ist die Unterlage weggenommen, so ist sie nicht mehr zu sehen
    Wenn die Bürgerin die Strichtafel unter die Kamera legt
    Und die Dokumentenkamera 2 s lang läuft
    Dann ist auf dem Bild der Dokumentenkamera eine Seite zu sehen
    Wenn alles wieder vom Tisch genommen wird
    Und die Dokumentenkamera 2 s lang läuft
    Dann ist auf dem Bild der Dokumentenkamera keine Seite zu sehen

  @anf:dokumentenkamera.ausfall @braucht:document_camera @dauert
  Szenario: Fällt sie aus, so wird sie alsbald genannt
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und die Dokumentenkamera ausfällt
    Dann liegt „Ausfall der Dokumentenkamera“ in der Grenze
