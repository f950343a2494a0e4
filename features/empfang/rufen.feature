# language: de
Funktionalität: Immer antwortet ein Mensch

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit

  @anf:S0.14
  Szenario: Wer den Anruf nicht annimmt, wird auf abwesend gesetzt, und die Nächste wird gerufen
    Angenommen Herr Seidel vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt den Anruf nicht annimmt
    Dann steht Frau Brandt auf „abwesend“
    Und klingelt es bei Herrn Seidel
    Wenn Herr Seidel das Gespräch annimmt
    Dann erscheint Herr Seidel vom LISA-Team auf dem Bildschirm

  @anf:S3.6
  Szenario: Die Fachstelle antwortet nicht, und der Empfang ist wieder da
    Angenommen Frau Vogt von der Wohngeldstelle ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt als Anliegen „Wohngeld: Mietzuschuss“ vermerkt
    Und Frau Brandt an die Wohngeldstelle weiterleitet
    Dann zeigt der Bildschirm „Sie werden verbunden: Wohngeldstelle“
    Wenn Frau Vogt den Anruf nicht annimmt
    Dann steht Frau Vogt auf „abwesend“
    Und zeigt der Bildschirm „wieder mit dem LISA-Team“
    Und klingelt es bei Frau Brandt
    Wenn Frau Brandt das Gespräch annimmt
    Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm
