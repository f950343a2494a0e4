# language: de
Funktionalität: Was eine Prüferin ohne Python sagen wollte

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet

  Szenario: Alle sprechen gerade, und wer danach kommt, steht auf Platz 2
    Angenommen Frau Brandt spricht mit jemandem im Bürgerbüro Angermünde
    Und im Bürgerbüro Lychen wartet schon jemand
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann zeigt der Bildschirm „Sie sind auf Platz 2“
    Wenn im Bürgerbüro Lychen niemand mehr ist
    Dann zeigt der Bildschirm „Sie sind auf Platz 1“

  Szenario: Der Drucker hat kein Papier, und der Antrag kommt trotzdem an
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Und der Drucker hat kein Papier mehr
    Wenn die Bürgerin von Frau Brandt begrüßt wird
    Und sie den Mietvertrag in den Scanner legt
    Und Frau Brandt den Mietvertrag einscannt
    Und Frau Brandt den Mietvertrag kopiert
    Dann melden beide Bildschirme, dass der Drucker nicht druckt

  Szenario: Wo niemand ist, kommt auch niemand an, und das Gespräch geht zurück
    Angenommen die Frist „Weiterleitung“ beträgt 3 s
    Und Frau Brandt vom LISA-Team ist bereit
    Und Frau Vogt von der Wohngeldstelle macht Pause
    Wenn die Bürgerin von Frau Brandt begrüßt wird
    Und Frau Brandt an die Wohngeldstelle weiterzuleiten versucht
    Dann klingelt es bei Frau Vogt nicht
    Und klingelt es bei Frau Brandt
    Und hat es bei Frau Brandt zweimal geklingelt

  Szenario: Ist die Stelle geschlossen, sagt es die Vermittlung gleich
    Angenommen zum Landkreis gehört die Stelle „Jobcenter Uckermark“ mit Frau Zander, offen nur am Dienstag
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin von Frau Brandt begrüßt wird
    Und Frau Brandt an das Jobcenter weiterzuleiten versucht
    Dann wird Frau Brandt gesagt: „ist gerade nicht erreichbar“

  Szenario: Zum Termin um zehn wird niemand sonst gestört
    Angenommen es ist Montag, 9:55 Uhr
    Und für 10 Uhr ist ein Termin bei der Wohngeldstelle vereinbart
    Und Frau Brandt vom LISA-Team ist bereit
    Und Frau Vogt von der Wohngeldstelle ist bereit
    Wenn der Bürger das Bürgerbüro betritt
    Dann klingelt es bei Frau Vogt
    Und klingelt es bei Frau Brandt nicht

  Szenario: Drei Seiten, Stau auf der zweiten, und am Ende fehlt keine
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Und im Scanner staut sich Seite 2
    Wenn die Bürgerin von Frau Brandt begrüßt wird
    Und sie einen Kontoauszug mit 3 Seiten in den Scanner legt
    Und Frau Brandt den Kontoauszug einscannt
    Dann melden beide Bildschirme den Papierstau
    Wenn die Bürgerin den Papierstau behebt
    Und Frau Brandt den Kontoauszug einscannt
    Dann liegt der Kontoauszug mit 3 Seiten vollständig vor

  Szenario: Mit ausgeschalteter Kamera sieht und hört sie Frau Brandt weiter
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin von Frau Brandt begrüßt wird
    Und die Bürgerin „Kamera aus“ berührt
    Dann sieht Frau Brandt die Bürgerin nicht mehr
    Und sieht die Bürgerin Frau Brandt
    Wenn Frau Brandt die Bürgerin begrüßt
    Dann hört die Bürgerin Frau Brandt

  Szenario: Steht jemand Fremdes in der Tür, ist der Ton stumm, bis er geht
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin von Frau Brandt begrüßt wird
    Und eine fremde Person hereinkommt
    Dann erfährt Frau Brandt: „Der Ton ist stumm“
    Wenn die Bürgerin ihr Anliegen schildert
    Dann hört Frau Brandt nichts
    Wenn die fremde Person wieder geht
    Und die Bürgerin ihr Anliegen schildert
    Dann hört Frau Brandt sie

  Szenario: Ein Ausweis, der im Scanner liegen bleibt, fällt beim nächsten Besuch auf
    Angenommen die Frist „Abwesenheit“ beträgt 1 s
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin von Frau Brandt begrüßt wird
    Und sie ihren Personalausweis in den Scanner legt
    Und sie das Bürgerbüro verlässt, ohne ihre Unterlagen mitzunehmen
    Dann liegt der Personalausweis noch im Scanner
    Und ist das Bürgerbüro wieder frei
    Wenn Frau Brandt sich bereit meldet
    Und der Bürger das Bürgerbüro betritt
    Und 2 s vergehen
    Und Frau Brandt das Gespräch annimmt
    Dann erfährt Frau Brandt: „Im Scanner liegt schon etwas“
