# language: de
Funktionalität: Was niemanden angeht, bleibt in der Kabine

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit

  @anf:S1.2.datenschutz
  Szenario: Geht die Tür auf, ist der Ton stumm und sind die Unterlagen ausgeblendet
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und die Bürgerin ihr Anliegen schildert
    Dann hört Frau Brandt sie
    Wenn die Bürgerin ihren Mietvertrag unter die Kamera legt
    Dann sieht Frau Brandt unter der Kamera den Mietvertrag
    Wenn die Tür aufgeht
    Dann sind bei Frau Brandt die Unterlagen ausgeblendet
    Und erfährt Frau Brandt: „Der Ton ist stumm“
    Und zeigt der Bildschirm „Ihre Unterlagen sind ausgeblendet“
    Wenn die Bürgerin ihr Anliegen schildert
    Dann hört Frau Brandt nichts
    Wenn die Tür zugeht
    Dann sieht Frau Brandt wieder den Mietvertrag

  @anf:S3.14
  Szenario: Im Protokoll stehen Ereignisse, aber keine Inhalte
    Angenommen Frau Vogt von der Wohngeldstelle ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt als Anliegen „Wohngeld: Mietzuschuss“ vermerkt
    Und Frau Brandt an die Wohngeldstelle weiterleitet
    Und Frau Vogt das Gespräch annimmt
    Und Frau Vogt den „Antrag auf Wohngeld (Mietzuschuss)“ öffnet
    Und Frau Vogt einträgt, was die Bürgerin sagt, und sie jede Antwort bestätigt
      | Name | Musterfrau-Beispiel |
    Und sie das Bürgerbüro verlässt
    Dann endet der Besuch als „abgebrochen_buerger“
    Und enthält das Protokoll Ereignisse, aber keine Inhalte
    Und ist nichts mehr von ihr im Bürgerbüro

  @anf:S3.14
  Szenario: Der Nächste sieht und hört nichts von der Vorigen
    Angenommen Frau Vogt von der Wohngeldstelle ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt an die Wohngeldstelle weiterleitet
    Und Frau Vogt das Gespräch annimmt
    Und Frau Vogt den „Antrag auf Wohngeld (Mietzuschuss)“ öffnet
    Und Frau Vogt einträgt, was die Bürgerin sagt, und sie jede Antwort bestätigt
      | Name    | Musterfrau-Beispiel |
      | Vorname | Erika-Beispiel      |
    Und sie das Bürgerbüro verlässt
    Dann ist nichts mehr von ihr im Bürgerbüro
    Wenn der Bürger das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt an die Wohngeldstelle weiterleitet
    Und Frau Vogt das Gespräch annimmt
    Dann erscheint Frau Vogt von der Wohngeldstelle auf dem Bildschirm
    Und sieht Frau Vogt nichts vom vorigen Besuch

  @anf:S1.6 @anf:S3.16
  Szenario: Unterlagen wechseln die Stelle nur mit Zustimmung und nie die Behörde
    Angenommen Frau Vogt von der Wohngeldstelle ist bereit
    Und Frau Arendt von der AOK Nordost ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und sie die Verdienstbescheinigung in den Scanner legt
    Und Frau Brandt die Verdienstbescheinigung einscannt
    Dann sieht Frau Brandt die Verdienstbescheinigung im Vorgang
    Wenn Frau Brandt an die Wohngeldstelle weiterleitet
    Und Frau Vogt das Gespräch annimmt
    Dann sieht Frau Vogt keine Unterlagen im Vorgang
    Wenn die Bürgerin „Unterlagen auch Wohngeldstelle Uckermark zeigen“ berührt
    Dann sieht Frau Vogt die Verdienstbescheinigung im Vorgang
    Wenn die Bürgerin „Unterlagen Wohngeldstelle Uckermark nicht mehr zeigen“ berührt
    Dann sieht Frau Vogt keine Unterlagen im Vorgang
    Wenn Frau Vogt an die AOK Nordost weiterleitet
    Und Frau Arendt das Gespräch annimmt
    Dann sieht Frau Arendt keine Unterlagen im Vorgang

  Szenario: Eine Aufnahme, die sie verwirft, ist vernichtet
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und sie die Verdienstbescheinigung in den Scanner legt
    Und Frau Brandt die Verdienstbescheinigung einscannt
    Dann sieht Frau Brandt die Verdienstbescheinigung im Vorgang
    Wenn die Bürgerin „Verdienstbescheinigung verwerfen“ berührt
    Dann ist die Unterlage „Verdienstbescheinigung“ vernichtet

  Szenario: Bevor eine Aufnahme vernichtet wird, fragt der Bildschirm nach
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und sie die Verdienstbescheinigung in den Scanner legt
    Und Frau Brandt die Verdienstbescheinigung einscannt
    Und die Bürgerin „Verdienstbescheinigung verwerfen“ berührt, ohne die Nachfrage zu beantworten
    Dann fragt der Bildschirm nach, ob die Aufnahme „Verdienstbescheinigung“ gelöscht werden soll
    Wenn die Bürgerin „Nein, behalten“ berührt
    Dann ist die Aufnahme „Verdienstbescheinigung“ noch da

  Szenario: Auch während einer Weiterleitung kann sie eine Aufnahme verwerfen
    Angenommen Frau Vogt von der Wohngeldstelle ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und sie die Verdienstbescheinigung in den Scanner legt
    Und Frau Brandt die Verdienstbescheinigung einscannt
    Dann sieht Frau Brandt die Verdienstbescheinigung im Vorgang
    Wenn Frau Brandt an die Wohngeldstelle weiterleitet
    Dann hört die Bürgerin den Ton „freizeichen“
    Wenn die Bürgerin „Verdienstbescheinigung verwerfen“ berührt
    Dann ist die Unterlage „Verdienstbescheinigung“ vernichtet

  @anf:S3.14 @stufe:wire
  Szenario: Nach einem Stromausfall mitten im Antrag ist nichts mehr zu lesen
    Angenommen Frau Vogt von der Wohngeldstelle ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt an die Wohngeldstelle weiterleitet
    Und Frau Vogt das Gespräch annimmt
    Und Frau Vogt den „Antrag auf Wohngeld (Mietzuschuss)“ öffnet
    Und Frau Vogt einträgt, was die Bürgerin sagt, und sie jede Antwort bestätigt
      | Name | Musterfrau-Beispiel |
    Und der Strom ausfällt und wiederkommt
    Dann ist nichts mehr von ihr im Bürgerbüro
