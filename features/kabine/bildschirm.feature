# language: de
Funktionalität: Was auf dem Bildschirm der Bürgerin steht

  Szenario: Der freie Bildschirm sagt, wo man ist, und verspricht nur, was so ist
    Angenommen das Bürgerbüro Templin ist geöffnet
    Dann nennt der freie Bildschirm Ort, Landkreis, Öffnungszeiten und Leistungen
    Und zeigt der Bildschirm „Gerade ist niemand am Platz“
    Angenommen Herr Seidel vom LISA-Team ist bereit
    Dann zeigt der Bildschirm „Sie werden sofort verbunden“
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Herr Seidel das Gespräch annimmt
    Dann zeigt der Bildschirm „Sie sprechen mit Herrn Seidel“

  Szenario: Eine Angabe, die es nicht gibt, bleibt als falsch stehen, und nach ihr wird nicht gefragt
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Und Frau Vogt von der Wohngeldstelle ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt an die Wohngeldstelle weiterleitet
    Und Frau Vogt das Gespräch annimmt
    Und Frau Vogt den „Antrag auf Wohngeld (Mietzuschuss)“ öffnet
    Und Frau Vogt bei „Geburtsdatum“ „32.13.1949“ einträgt
    Dann steht der Fehler am Feld „Geburtsdatum“, und der Bildschirm fragt nicht danach
    Wenn Frau Vogt bei „IBAN“ „de02120300000000202051“ einträgt
    Dann steht bei „IBAN“ auf dem Bildschirm „DE02 1203 0000 0000 2020 51“
