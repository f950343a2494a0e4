# language: de
Funktionalität: Erst fragen, dann weiterleiten

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit

  @anf:S3.6
  Szenario: Die Fachstelle wird gefragt, während die Bürgerin bei ihrer Mitarbeiterin bleibt, und übernimmt dann
    Angenommen Frau Vogt von der Wohngeldstelle ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt als Anliegen „Wohngeld: Mietzuschuss“ vermerkt
    Und Frau Brandt bei der Wohngeldstelle rückfragt
    Dann kennt Frau Vogt schon das Anliegen „Wohngeld: Mietzuschuss“ und den „Antrag auf Wohngeld (Mietzuschuss)“
    Wenn Frau Vogt die Rückfrage annimmt
    Dann sprechen Frau Brandt und Frau Vogt miteinander
    Und zeigt der Bildschirm „Frau Brandt fragt kurz bei der Wohngeldstelle“
    Und sieht Frau Vogt noch nichts von der Bürgerin
    Und erscheint Frau Brandt vom LISA-Team auf dem Bildschirm
    Wenn Frau Brandt die Bürgerin übergibt
    Dann erscheint Frau Vogt von der Wohngeldstelle auf dem Bildschirm
    Und sieht Frau Vogt die Bürgerin
    Und war es ein einziger Besuch

  Szenario: Die Fachstelle kann nicht helfen, und die Bürgerin merkt davon nichts
    Angenommen Frau Vogt von der Wohngeldstelle ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt bei der Wohngeldstelle rückfragt
    Und Frau Vogt die Rückfrage annimmt
    Dann zeigt der Bildschirm „fragt kurz bei der Wohngeldstelle“
    Wenn Frau Vogt die Rückfrage beendet
    Dann zeigt der Bildschirm „fragt kurz bei der Wohngeldstelle“ nicht mehr
    Und steht die Rückfrage bei Frau Brandt auf „zurueck“
    Und geht das Gespräch mit Frau Brandt weiter

  Szenario: Niemand beantwortet die Rückfrage, und das Gespräch geht weiter
    Angenommen Frau Vogt von der Wohngeldstelle ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt bei der Wohngeldstelle rückfragt
    Und Frau Vogt den Anruf nicht annimmt
    Dann steht die Rückfrage bei Frau Brandt auf „unbeantwortet“
    Und geht das Gespräch mit Frau Brandt weiter

  Szenario: Die Rückfrage wird zurückgezogen
    Angenommen Frau Vogt von der Wohngeldstelle ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt bei der Wohngeldstelle rückfragt
    Dann klingelt es bei Frau Vogt
    Wenn Frau Brandt die Rückfrage zurückzieht
    Dann steht die Rückfrage bei Frau Brandt auf „zurueckgezogen“
    Und steht Frau Vogt auf „bereit“
    Und geht das Gespräch mit Frau Brandt weiter
