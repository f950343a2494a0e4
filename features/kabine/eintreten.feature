# language: de
Funktionalität: Eintreten und gerufen werden

  Wer die Kabine betritt, spricht nach Augenblicken mit einem Menschen, ohne etwas bedient zu haben.

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit

  @anf:S0.1 @anf:S0.10 @braucht:presence
  Szenario: Ein Schritt durch die Tür, und bei der Mitarbeiterin klingelt es
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann klingelt es bei Frau Brandt innerhalb von 2 s
    Und zeigt der Bildschirm „LISA-Team“
    Wenn Frau Brandt das Gespräch annimmt
    Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm

  @anf:S0.9 @anf:S2.4 @anf:S2.7 @braucht:presence
  Szenario: Bis zur Begrüßung wird nichts berührt und nach keiner Anmeldung gefragt
    Wenn der Bürger das Bürgerbüro betritt
    Und er Platz nimmt
    Und Frau Brandt das Gespräch annimmt
    Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm
    Und hat der Bürger dafür nichts berührt
    Und hat der Bildschirm nach keiner Anmeldung gefragt

  @anf:S3.13 @braucht:door
  Szenario: Eine prellende Tür ruft nur einmal
    Wenn die Bürgerin das Bürgerbüro betritt
    Und die Tür prellt
    Und Frau Brandt das Gespräch annimmt
    Und die Tür prellt
    Und Frau Brandt das Gespräch beendet
    Und sie das Bürgerbüro verlässt
    Dann endet der Besuch als „erledigt_beratung“
    Und war es ein einziger Besuch

  Szenario: Mit einer Begleitperson bleibt es ein Besuch, bis die letzte geht
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und eine Begleitperson mit hereinkommt
    Und die Begleitperson hinausgeht
    Und 2 s vergehen
    Dann sieht Frau Brandt die Bürgerin
    Wenn Frau Brandt das Gespräch beendet
    Und sie das Bürgerbüro verlässt
    Dann endet der Besuch als „erledigt_beratung“
    Und war es ein einziger Besuch

  @anf:S3.14
  Szenario: Wer nur sauber macht, wird in Ruhe gelassen und nicht gezeigt
    Wenn die Person das Bürgerbüro betritt
    Dann klingelt es bei Frau Brandt
    Wenn die Person „Ich brauche keine Beratung“ berührt
    Dann zeigt der Bildschirm „kein Bild übertragen“
    Und wird kein Bild der Person übertragen
    Wenn die Person das Bürgerbüro verlässt
    Dann endet der Besuch als „fehlalarm“
