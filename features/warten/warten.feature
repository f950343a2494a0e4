# language: de
Funktionalität: Warten, ohne verloren zu gehen

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet

  @anf:S0.14
  Szenario: Solange kein Mensch frei ist, antwortet auch kein Automat, und der Warteplatz ist zu sehen
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann zeigt der Bildschirm „Sie sind auf Platz 1“
    Und hört die Bürgerin den Ton „wartezeichen“
    Wenn 3 s vergehen
    Dann zeigt der Bildschirm „Sie sind auf Platz 1“
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn Frau Brandt das Gespräch annimmt
    Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm
    Und hört die Bürgerin den Ton „wartezeichen“ nicht mehr

  Szenario: Wer kurz hinausgeht und zurückkommt, behält den Warteplatz
    Angenommen die Frist „Abwesenheit“ beträgt 5 s
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann zeigt der Bildschirm „Sie sind auf Platz 1“
    Wenn die Bürgerin kurz hinausgeht
    Und sie wieder hereinkommt
    Dann zeigt der Bildschirm „Sie sind auf Platz 1“
    Und war es ein einziger Besuch
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn Frau Brandt das Gespräch annimmt
    Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm

  @anf:S3.15
  Szenario: Wer nicht länger warten mag, geht einfach
    Wenn der Bürger das Bürgerbüro betritt
    Dann zeigt der Bildschirm „Sie sind auf Platz 1“
    Wenn der Bürger das Bürgerbüro verlässt
    Dann endet der Besuch als „abgebrochen_buerger“
    Und ist das Bürgerbüro wieder frei
