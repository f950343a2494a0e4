# language: de
Funktionalität: Was abgegeben ist, ist abgegeben, auch wenn das Gespräch gleich danach zu Ende ist

  Zwischen der Abgabe und der Eingangsbestätigung vergeht ein Augenblick. Wer in ihm auflegt oder weiterleitet,
  nimmt der Bürgerin weder Nummer noch Kopie.

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Und Herr Petersen vom Pflegestützpunkt ist bereit
    Und Frau Vogt von der Wohngeldstelle ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt als Anliegen „Pflege- und Sozialberatung“ vermerkt
    Und Frau Brandt an den Pflegestützpunkt weiterleitet
    Und Herr Petersen das Gespräch annimmt
    Und Herr Petersen den „Anmeldung zur Pflegeberatung“ öffnet
    Und Herr Petersen einträgt, was die Bürgerin sagt, und sie jede Antwort bestätigt
      | Name       | Musterfrau                    |
      | Vorname    | Erika                         |
      | Anschrift  | Am Beispielsee 3, Musterstadt |
      | Pflegegrad | keiner                        |
    Und Herr Petersen die ganze Erklärung zum Prüfen vorlegt
    Und die Bürgerin die ganze Erklärung geprüft hat und bestätigt
    Und die Bürgerin auf dem Unterschriftenpad unterschreibt

  @anf:S3.9
  Szenario: Die Mitarbeiterin legt gleich nach der Abgabe auf
    Wenn Herr Petersen den Antrag abgibt und sofort auflegt
    Dann erhält sie eine Kopie und eine Eingangsbestätigung mit dem Hinweis „ersetzt keine Schriftform“
    Und verabschiedet sich der Bildschirm
    Wenn die Bürgerin das Bürgerbüro verlässt
    Dann endet der Besuch als „antrag_eingereicht“
    Und ist nichts mehr von ihr im Bürgerbüro

  @anf:S3.9
  Szenario: Die Mitarbeiterin leitet gleich nach der Abgabe weiter
    Wenn Herr Petersen den Antrag abgibt und sofort an die Wohngeldstelle weiterleitet
    Und Frau Vogt das Gespräch annimmt
    Dann erscheint Frau Vogt von der Wohngeldstelle auf dem Bildschirm
    Und erhält sie eine Kopie und eine Eingangsbestätigung mit dem Hinweis „ersetzt keine Schriftform“
    Wenn Frau Vogt das Gespräch beendet
    Dann verabschiedet sich der Bildschirm
    Wenn die Bürgerin das Bürgerbüro verlässt
    Dann endet der Besuch als „antrag_eingereicht“
