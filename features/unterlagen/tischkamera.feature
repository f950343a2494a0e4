# language: de
Funktionalität: Die Kamera über dem Tisch

  Was klein gedruckt ist, holt die Mitarbeiterin näher heran. Wer danach kommt, findet die Kamera, wie sie war.

  Szenario: Die Mitarbeiterin holt eine Stelle näher heran, und wer als Nächstes kommt, findet die Kamera, wie sie war
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und die Bürgerin den Mietvertrag unter die Kamera legt
    Und Frau Brandt die Dokumentenkamera näher heranholt
    Dann zeigt die Dokumentenkamera einen Ausschnitt
    Wenn Frau Brandt mit der Dokumentenkamera wieder alles zeigt
    Dann zeigt die Dokumentenkamera wieder alles
    Wenn Frau Brandt die Dokumentenkamera näher heranholt
    Dann zeigt die Dokumentenkamera einen Ausschnitt
    Wenn die Bürgerin das Bürgerbüro verlässt
    Dann zeigt die Dokumentenkamera wieder alles

  Szenario: Klemmt der Kamerakopf, liest es die Mitarbeiterin, und er kommt heim, sobald er frei ist
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt die Dokumentenkamera näher heranholt
    Dann zeigt die Dokumentenkamera einen Ausschnitt
    Angenommen der Kamerakopf bewegt sich nicht mehr
    Wenn Frau Brandt die Dokumentenkamera näher heranholt
    Dann erfährt Frau Brandt: „Der Kamerakopf meldet:“
    Und geht das Gespräch mit Frau Brandt weiter
    Wenn die Bürgerin das Bürgerbüro verlässt
    Und der Kamerakopf wieder in Ordnung ist
    Dann zeigt die Dokumentenkamera wieder alles
