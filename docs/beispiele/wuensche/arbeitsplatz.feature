# language: de
Funktionalität: Was eine Entwicklerin sagen wollte

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit

  Szenario: Wer an einem anderen Rechner weiterarbeitet, ist am ersten abgemeldet
    Wenn die Bürgerin von Frau Brandt begrüßt wird
    Und Frau Brandt an einem anderen Rechner weiterarbeitet
    Dann ist Frau Brandt am ersten Rechner abgemeldet
    Und geht das Gespräch mit Frau Brandt weiter

  Szenario: Nach dem Neuladen steht das Gespräch wieder
    Wenn die Bürgerin von Frau Brandt begrüßt wird
    Und Frau Brandt ihre Seite neu lädt
    Dann geht das Gespräch mit Frau Brandt weiter

  Szenario: Schließt Frau Brandt den Browser, übernimmt Herr Seidel
    Angenommen Herr Seidel vom LISA-Team macht Pause
    Wenn die Bürgerin von Frau Brandt begrüßt wird
    Und Herr Seidel sich bereit meldet
    Und Frau Brandt ihren Browser schließt
    Dann klingelt es bei Herrn Seidel
    Wenn Herr Seidel das Gespräch annimmt
    Dann erscheint Herr Seidel vom LISA-Team auf dem Bildschirm

  Szenario: Während einer Rückfrage steht auf dem Bildschirm, warum sie nichts hört
    Angenommen Frau Vogt von der Wohngeldstelle ist bereit
    Wenn die Bürgerin von Frau Brandt begrüßt wird
    Und Frau Brandt bei der Wohngeldstelle rückfragt
    Und Frau Vogt die Rückfrage annimmt
    Dann zeigt der Bildschirm „fragt kurz bei der Wohngeldstelle“

  Szenario: Über eine langsame Leitung klingelt es später und klingelt doch
    Wenn das Netz langsam wird
    Und die Stoppuhr „Klingeln“ startet
    Und die Bürgerin das Bürgerbüro betritt
    Dann klingelt es bei Frau Brandt
    Und zeigt die Stoppuhr „Klingeln“ höchstens 10 s

  Szenario: Erst die Begrüßung, dann der Abschied
    Wenn die Bürgerin von Frau Brandt begrüßt wird
    Und Frau Brandt das Gespräch beendet
    Dann verabschiedet sich der Bildschirm
    Und hat der Bildschirm „Sie sprechen mit“ vor „Auf Wiedersehen“ gezeigt

  Szenario: Eine prellende Tür ruft nur einmal
    Wenn die Bürgerin das Bürgerbüro betritt
    Und die Tür prellt
    Dann hat es bei Frau Brandt einmal geklingelt

  Szenario: Macht Frau Brandt Pause, sagt der Bildschirm, dass niemand am Platz ist
    Wenn Frau Brandt Pause macht
    Und die Bürgerin das Bürgerbüro betritt
    Dann zeigt der Bildschirm „Gerade ist niemand am Platz.“
    Und klingelt es bei Frau Brandt nicht
