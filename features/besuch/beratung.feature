# language: de
Funktionalität: Beratung und vorzeitiges Gehen

  @anf:S0.11.beratung
  Szenario: Eine reine Beratung endet, ohne dass etwas gespeichert ist
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Und Herr Petersen vom Pflegestützpunkt ist bereit
    Wenn der Bürger das Bürgerbüro betritt
    Und er Platz nimmt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt als Anliegen „Pflege- und Sozialberatung“ vermerkt
    Und Frau Brandt an den Pflegestützpunkt weiterleitet
    Und Herr Petersen das Gespräch annimmt
    Dann erscheint Herr Petersen vom Pflegestützpunkt auf dem Bildschirm
    Und sieht Herr Petersen den Bürger
    Und ist keine Unterlage gespeichert
    Wenn Herr Petersen das Gespräch beendet
    Und der Bürger das Bürgerbüro verlässt
    Dann endet der Besuch als „erledigt_beratung“
    Und ist nichts mehr von ihm im Bürgerbüro

  @anf:S3.14
  Szenario: Sie geht mitten im Antrag, und der Entwurf wird vernichtet
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Und Frau Vogt von der Wohngeldstelle ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt als Anliegen „Wohngeld: Mietzuschuss“ vermerkt
    Und Frau Brandt an die Wohngeldstelle weiterleitet
    Und Frau Vogt das Gespräch annimmt
    Und Frau Vogt den „Antrag auf Wohngeld (Mietzuschuss)“ öffnet
    Und Frau Vogt einträgt, was die Bürgerin sagt, und sie jede Antwort bestätigt
      | Name    | Beispielmann |
      | Vorname | Otto         |
    Wenn die Bürgerin das Bürgerbüro verlässt
    Dann erfährt Frau Vogt, dass die Bürgerin gegangen ist
    Und ist der Entwurf vernichtet
    Und endet der Besuch als „abgebrochen_buerger“
    Und ist nichts mehr von ihr im Bürgerbüro

  @anf:S3.14
  Szenario: Bleibt jemand nach dem Gespräch sitzen, verschwindet der Entwurf trotzdem
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und die Frist „Abschied“ beträgt 2 s
    Und Frau Brandt vom LISA-Team ist bereit
    Und Frau Vogt von der Wohngeldstelle ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt an die Wohngeldstelle weiterleitet
    Und Frau Vogt das Gespräch annimmt
    Und Frau Vogt den „Antrag auf Wohngeld (Mietzuschuss)“ öffnet
    Und Frau Vogt einträgt, was die Bürgerin sagt, und sie jede Antwort bestätigt
      | Name | Musterfrau-Beispiel |
    Und Frau Vogt das Gespräch beendet
    Dann verabschiedet sich der Bildschirm
    Und ist der Entwurf vernichtet
    Und endet der Besuch als „abgebrochen_buerger“
