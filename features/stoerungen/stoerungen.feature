# language: de
Funktionalität: Keine Störung lässt jemanden im Nichts

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet

  @anf:S3.13
  Szenariogrundriss: Fällt <das Gerät> aus, erfährt es die Mitarbeiterin, und das Gespräch geht weiter
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und <das Gerät> ausfällt
    Dann erfährt Frau Brandt: „<Gerät> in der Kabine antwortet nicht“
    Wenn <das Gerät> wieder antwortet
    Dann erfährt Frau Brandt: „<Gerät> in der Kabine antwortet wieder“
    Und geht das Gespräch mit Frau Brandt weiter

    Beispiele:
      | das Gerät         | Gerät             |
      | der Präsenzsensor | Der Präsenzsensor |
      | der Türkontakt    | Der Türkontakt    |
      | das Unterschriftenpad | Das Unterschriftenpad |
      | der Scanner       | Der Scanner       |
      | die Kamera        | Die Kamera        |
      | die Dokumentenkamera | Die Dokumentenkamera |
      | das Mikrofon      | Das Mikrofon      |
      | der Lautsprecher  | Der Lautsprecher  |

  @anf:S3.13
  Szenario: Ist der Lautsprecher stummgeschaltet, lesen es beide, und danach spricht er von selbst weiter
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Angenommen der Lautsprecher ist stummgeschaltet
    Dann erfährt Frau Brandt: „Der Lautsprecher ist stummgeschaltet“
    Und zeigt der Bildschirm „Der Lautsprecher antwortet gerade nicht.“
    Wenn der Lautsprecher wieder in Ordnung ist
    Dann erfährt Frau Brandt: „Der Lautsprecher in der Kabine antwortet wieder“
    Wenn Frau Brandt die Bürgerin begrüßt
    Dann hört die Bürgerin Frau Brandt über den Lautsprecher

  @anf:S3.13 @stufe:wire
  Szenario: Kracht das Mikrofon, erfährt es die Mitarbeiterin, und das Gespräch geht weiter
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Angenommen das Mikrofon kracht und übersteuert
    Wenn die Bürgerin ihr Anliegen schildert
    Dann erfährt Frau Brandt: „Es kracht oder übersteuert“
    Und geht das Gespräch mit Frau Brandt weiter

  @anf:S3.13 @braucht:scanner @braucht:printer
  Szenario: Scanner und Drucker sagen beiden, was zu tun ist, und danach ist die Kopie vollständig
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und die Bürgerin den Mietvertrag in den Scanner legt
    Angenommen der Scanner zieht zwei Blätter zugleich ein
    Wenn Frau Brandt den Mietvertrag einscannt
    Dann erfährt Frau Brandt: „Der Scanner hat zwei Blätter zugleich eingezogen“
    Wenn der Scanner wieder in Ordnung ist
    Und Frau Brandt den Mietvertrag einscannt
    Angenommen der Drucker hat kein Papier mehr
    Wenn Frau Brandt den Mietvertrag kopiert
    Dann erfährt Frau Brandt: „Papier“
    Und melden beide Bildschirme, dass der Drucker nicht druckt
    Wenn der Drucker wieder in Ordnung ist
    Und Frau Brandt den Mietvertrag kopiert
    Dann liegt der Mietvertrag mit 3 Seiten als Kopie im Drucker

  @anf:S3.13 @braucht:signature_pad
  Szenario: Beginnt das Pad mitten in der Unterschrift neu, gilt nichts davon, und die nächste gilt ganz
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt den „Anmeldung zur Pflegeberatung“ öffnet
    Und Frau Brandt einträgt, was die Bürgerin sagt, und sie jede Antwort bestätigt
      | Name       | Musterfrau       |
      | Vorname    | Erika            |
      | Anschrift  | Am Beispielsee 3 |
      | Pflegegrad | 2                |
    Und Frau Brandt die ganze Erklärung zum Prüfen vorlegt
    Und die Bürgerin die ganze Erklärung geprüft hat und bestätigt
    Angenommen das Unterschriftenpad beginnt mitten in der Unterschrift neu
    Wenn die Bürgerin zu unterschreiben versucht
    Dann erfährt Frau Brandt: „Das Pad hat beim Schreiben neu begonnen, nichts davon gilt: bitte neu unterschreiben.“
    Wenn das Unterschriftenpad wieder in Ordnung ist
    Und die Bürgerin auf dem Unterschriftenpad unterschreibt
    Und Frau Brandt den Antrag abgibt
    Dann liegt der Antrag beim LISA-Team

  @anf:S3.13
  Szenario: Ist der Scanner schon ausgefallen, erfährt es jede Mitarbeiterin, sobald sie das Gespräch hat
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Und Frau Vogt von der Wohngeldstelle ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und der Scanner ausfällt
    Dann erfährt Frau Brandt: „Der Scanner in der Kabine antwortet nicht“
    Und zeigt der Bildschirm „Der Scanner antwortet gerade nicht.“
    Wenn Frau Brandt an die Wohngeldstelle weiterleitet
    Und Frau Vogt das Gespräch annimmt
    Dann erfährt Frau Vogt: „Der Scanner in der Kabine antwortet nicht“

  @anf:S3.13
  Szenario: Ist die Ruftaste wieder in Ordnung, erfährt es die Mitarbeiterin von selbst
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Angenommen die Ruftaste antwortet nicht mehr
    Dann erfährt Frau Brandt: „Die Ruftaste in der Kabine antwortet nicht“
    Wenn die Ruftaste wieder in Ordnung ist
    Dann erfährt Frau Brandt: „Die Ruftaste in der Kabine antwortet wieder“
    Und geht das Gespräch mit Frau Brandt weiter

  @anf:S3.13
  Szenario: Wer kommt und geht, während der Präsenzsensor schweigt, hält das Bürgerbüro nicht besetzt
    Angenommen die Frist „Abwesenheit“ beträgt 2 s
    Wenn der Präsenzsensor ausfällt
    Und 2 s vergehen
    Und die Bürgerin das Bürgerbüro betritt
    Dann zeigt der Bildschirm „Sie sind auf Platz 1“
    Wenn die Bürgerin das Bürgerbüro verlässt
    Und der Präsenzsensor wieder antwortet
    Dann endet der Besuch als „abgebrochen_buerger“

  @anf:S3.13
  Szenario: Antwortet die Einheit an der Tür erst, als sie schon wartet, wird das Glas dann trüb
    Wenn der Türkontakt ausfällt
    Und 2 s vergehen
    Und die Bürgerin das Bürgerbüro betritt
    Dann zeigt der Bildschirm „Sie sind auf Platz 1“
    Und ist das Sichtschutzglas klar
    Wenn der Türkontakt wieder antwortet
    Dann ist das Sichtschutzglas trüb
    Wenn die Bürgerin das Bürgerbüro verlässt
    Dann ist das Sichtschutzglas klar

  @anf:S3.13
  Szenario: Das Netz bricht kurz weg, und das Gespräch geht weiter
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und das Netz wegbricht
    Und 2 s vergehen
    Und das Netz wieder da ist
    Dann geht das Gespräch mit Frau Brandt weiter
    Wenn Frau Brandt als Anliegen „Wohngeld: Mietzuschuss“ vermerkt
    Dann nennt der Bildschirm den „Antrag auf Wohngeld (Mietzuschuss)“

  @anf:S3.13
  Szenario: Das Netz bleibt weg: Sie erfährt es und behält ihren Platz
    Angenommen die Frist „Verbindungsausfall“ beträgt 2 s
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann zeigt der Bildschirm „Sie sind auf Platz 1“
    Wenn das Netz wegbricht
    Dann zeigt der Bildschirm „Die Verbindung ist unterbrochen“
    Wenn das Netz wieder da ist
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn Frau Brandt das Gespräch annimmt
    Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm
    Und war es ein einziger Besuch

  @anf:S3.13
  Szenario: Das Netz ist schon weg, wenn sie eintritt: Sie erfährt es und wird gerufen, sobald es wieder da ist
    Angenommen die Frist „Verbindungsausfall“ beträgt 2 s
    Wenn das Netz wegbricht
    Und 1 s vergehen
    Und die Bürgerin das Bürgerbüro betritt
    Dann zeigt der Bildschirm „Die Verbindung ist unterbrochen“
    Wenn das Netz wieder da ist
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn Frau Brandt das Gespräch annimmt
    Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm

  @anf:S3.13
  Szenario: Das Netz kommt wieder, während sie kurz draußen ist, und sie wird trotzdem gerufen
    Angenommen die Frist „Verbindungsausfall“ beträgt 2 s
    Und die Frist „Abwesenheit“ beträgt 20 s
    Wenn die Bürgerin das Bürgerbüro betritt
    Und das Netz wegbricht
    Dann zeigt der Bildschirm „Die Verbindung ist unterbrochen“
    Und zeigt der Bildschirm „Sobald es wieder geht“
    Wenn die Bürgerin kurz hinausgeht
    Und das Netz wieder da ist
    Und 6 s vergehen
    Und sie wieder hereinkommt
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn Frau Brandt das Gespräch annimmt
    Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm

  @anf:S3.13
  Szenario: Bricht das Netz mitten im Gespräch weg, steht es auf dem Bildschirm, bis es wieder da ist
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und das Netz wegbricht
    Dann zeigt der Bildschirm „Die Verbindung zum Landkreis ist unterbrochen“
    Wenn das Netz wieder da ist
    Dann geht das Gespräch mit Frau Brandt weiter
    Und zeigt der Bildschirm „Die Verbindung zum Landkreis ist unterbrochen“ nicht mehr

  Szenario: Wer den Anruf ablehnt, lässt niemanden warten: Die Nächste wird gerufen
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Und Herr Seidel vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt den Anruf ablehnt
    Dann klingelt es bei Herrn Seidel

  Szenario: Wer gerade keinen Anruf annehmen kann, bekommt einen Augenblick lang keinen, und die Nächste wird gerufen
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Und Herr Seidel vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt gerade keinen Anruf annehmen kann
    Dann klingelt es bei Herrn Seidel
    Und steht Frau Brandt auf „nacharbeit“

  Szenario: Die Ruftaste holt während einer Weiterleitung das LISA-Team zurück
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Und Frau Vogt von der Wohngeldstelle ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt an die Wohngeldstelle weiterleitet
    Dann klingelt es bei Frau Vogt
    Wenn die Bürgerin die Ruftaste drückt
    Und Frau Brandt das Gespräch annimmt
    Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm
