# language: de
Funktionalität: Termine im Bürgerbüro

  Wer einen Termin hat, muss nichts eingeben: zur vereinbarten Zeit ist klar, wer kommt.

  Szenario: Am Mittwoch wird zur Zeit eines Termins verbunden, und es klingelt gleich bei der richtigen Stelle
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und es ist Mittwoch, 9:50 Uhr
    Und für 10 Uhr ist ein Termin bei der Wohngeldstelle vereinbart
    Und Frau Brandt vom LISA-Team ist bereit
    Und Frau Vogt von der Wohngeldstelle ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann klingelt es bei Frau Vogt
    Und ist der Termin Frau Vogt bekannt
    Wenn Frau Vogt das Gespräch annimmt
    Dann erscheint Frau Vogt von der Wohngeldstelle auf dem Bildschirm
    Und hat die Bürgerin dafür nichts berührt

  @anf:S3.11
  Szenario: Ein Termin von außerhalb läuft ab wie einer vor Ort, bei der bekannten Ansprechpartnerin
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und es ist Montag, 9:55 Uhr
    Und für 10 Uhr ist ein Termin bei Herrn Nowak vereinbart
    Und Frau Vogt von der Wohngeldstelle ist bereit
    Und Herr Nowak von der Wohngeldstelle ist bereit
    Wenn der Bürger das Bürgerbüro betritt
    Dann klingelt es bei Herrn Nowak
    Wenn Herr Nowak das Gespräch annimmt
    Dann erscheint Herr Nowak von der Wohngeldstelle auf dem Bildschirm

  Szenario: Niemand wartet auf einen Stuhl, auf dem keiner sitzt
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und es ist Montag, 9:55 Uhr
    Und für 10 Uhr ist ein Termin bei der Wohngeldstelle vereinbart
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn der Bürger das Bürgerbüro betritt
    Dann klingelt es bei Frau Brandt

  Szenario: Was nicht gleich zu lösen ist, bekommt einen Folgetermin im Bürgerbüro
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt für Freitag, 10 Uhr, einen Termin bei der Wohngeldstelle vereinbart
    Dann zeigt der Bildschirm den Termin am Freitag, 10 Uhr, bei der Wohngeldstelle
    Und erhält die Bürgerin einen Terminzettel
    Wenn Frau Brandt das Gespräch beendet
    Und die Bürgerin das Bürgerbüro verlässt
    Dann endet der Besuch als „folgetermin“
    Und ist nichts mehr von ihr im Bürgerbüro

  Szenariogrundriss: Ein Termin <wann> wird abgelehnt, und Frau Brandt erfährt, warum
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt für <Tag>, <Zeit> Uhr, einen Termin bei der Wohngeldstelle vereinbart
    Dann wird Frau Brandt gesagt: „<warum>“

    Beispiele:
      | wann                   | Tag     | Zeit | warum          |
      | außerhalb des Hauses   | Samstag | 10   | ist geschlossen |
      | am späten Freitag      | Freitag | 15   | ist geschlossen |

  Szenario: Wer mit dem Zettel zu anderer Zeit kommt, wird an die bekannte Ansprechpartnerin weitergeleitet
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und es ist Montag, 9:00 Uhr
    Und für 10:30 Uhr ist ein Termin bei Herrn Nowak vereinbart
    Und Frau Brandt vom LISA-Team ist bereit
    Und Frau Vogt von der Wohngeldstelle ist bereit
    Und Herr Nowak von der Wohngeldstelle ist bereit
    Wenn der Bürger das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt das Kennwort vom Terminzettel eingibt
    Dann nennt der Zettel Frau Brandt Herrn Nowak als Ansprechpartnerin
    Wenn Frau Brandt an die Wohngeldstelle weiterleitet
    Dann klingelt es bei Herrn Nowak

  Szenario: Ein Termin wird am Telefon vereinbart und wieder abgesagt; sehen kann ihn nur, wen er angeht
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Und Frau Vogt von der Wohngeldstelle ist bereit
    Und Frau Arendt von der AOK Nordost ist bereit
    Wenn Frau Brandt telefonisch einen Termin bei der Wohngeldstelle für Mittwoch, 10 Uhr, macht
    Dann sieht Frau Vogt den Termin am Mittwoch, 10 Uhr
    Aber sieht Frau Arendt keinen Termin am Mittwoch, 10 Uhr
    Wenn Frau Vogt den Termin am Mittwoch, 10 Uhr, absagt
    Dann sieht Frau Brandt keinen Termin am Mittwoch, 10 Uhr
