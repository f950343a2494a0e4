# language: de
Funktionalität: Ein Papier kopieren, ohne dass es jemand behält

  @anf:S0.11.kopieren
  Szenario: Die Kopie liegt im Drucker, der Scan ist gelöscht, und keine Stelle hat etwas
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und die Bürgerin den Mietvertrag in den Scanner legt
    Und Frau Brandt den Mietvertrag einscannt
    Und Frau Brandt den Mietvertrag kopiert
    Dann liegt der Mietvertrag mit 3 Seiten als Kopie im Drucker
    Und liest die Bürgerin, dass die Kopie zum Mitnehmen im Drucker liegt
    Und ist die Unterlage „Mietvertrag“ vernichtet
    Und hat keine Stelle etwas davon erhalten
    Wenn Frau Brandt das Gespräch beendet
    Und die Bürgerin das Bürgerbüro verlässt
    Dann endet der Besuch als „kopie_ausgehaendigt“
    Und ist nichts mehr von ihr im Bürgerbüro

  @anf:S3.13
  Szenario: Fällt der Drucker aus, bleibt der Scan, bis die Kopie gedruckt ist
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und die Bürgerin die Verdienstbescheinigung in den Scanner legt
    Und Frau Brandt die Verdienstbescheinigung einscannt
    Und der Drucker ausfällt
    Und Frau Brandt die Verdienstbescheinigung kopiert
    Dann melden beide Bildschirme, dass der Drucker nicht druckt
    Und liegt die Verdienstbescheinigung mit 1 Seite vollständig vor
    Wenn der Drucker wieder antwortet
    Und Frau Brandt die Verdienstbescheinigung kopiert
    Dann liegt die Verdienstbescheinigung mit 1 Seite als Kopie im Drucker

  @anf:S3.13
  Szenario: Ist kein Papier mehr im Drucker, lesen es beide, und nachgelegtes wird einmal bedruckt
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Und der Drucker hat kein Papier mehr
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und die Bürgerin die Verdienstbescheinigung in den Scanner legt
    Und Frau Brandt die Verdienstbescheinigung einscannt
    Und Frau Brandt die Verdienstbescheinigung kopiert
    Dann melden beide Bildschirme, dass der Drucker nicht druckt
    Und liegt die Verdienstbescheinigung mit 1 Seite vollständig vor
    Wenn der Drucker wieder in Ordnung ist
    Und Frau Brandt die Verdienstbescheinigung kopiert
    Dann liegt die Verdienstbescheinigung mit 1 Seite als Kopie im Drucker
