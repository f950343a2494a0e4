# language: de
Funktionalität: Von Angesicht zu Angesicht

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet

  @anf:S1.1
  Szenario: Beide sehen und hören einander
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm
    Und sieht die Bürgerin Frau Brandt
    Und sieht Frau Brandt die Bürgerin
    Wenn Frau Brandt die Bürgerin begrüßt
    Dann hört die Bürgerin Frau Brandt
    Wenn die Bürgerin ihr Anliegen schildert
    Dann hört Frau Brandt sie
    Wenn Frau Brandt das Gespräch beendet
    Dann sieht die Bürgerin Frau Brandt nicht mehr

  @anf:S0.7 @stufe:wire
  Szenario: Das Bild ist flüssig
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn der Bürger das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Dann ist das Bild der Person bei Frau Brandt flüssig

  @anf:S3.15
  Szenario: Wer nicht gesehen werden möchte, schaltet die Kamera aus und spricht weiter
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Dann sieht Frau Brandt die Bürgerin
    Wenn die Bürgerin „Kamera aus“ berührt
    Dann erfährt Frau Brandt: „ihre Kamera ausgeschaltet“
    Und sieht Frau Brandt die Bürgerin nicht mehr
    Wenn die Bürgerin ihr Anliegen schildert
    Dann hört Frau Brandt sie

  @anf:S3.15
  Szenario: Wer nicht gesehen werden möchte, kann die Kamera ausschalten, noch bevor jemand da ist
    Wenn die Bürgerin das Bürgerbüro betritt
    Und die Bürgerin „Kamera aus“ berührt
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn Frau Brandt das Gespräch annimmt
    Dann sieht Frau Brandt die Bürgerin nicht mehr
    Wenn die Bürgerin „Kamera an“ berührt
    Dann sieht Frau Brandt die Bürgerin

  @anf:S3.11
  Szenario: Ohne geprüftes Headset meldet sich niemand bereit
    Angenommen Frau Brandt hat kein geprüftes Headset
    Wenn Frau Brandt sich ohne Headset bereit meldet
    Dann wird Frau Brandt gesagt: „Headset“
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann klingelt es bei niemandem

  Szenario: Was die Mitarbeiterin vermerkt, gilt auch, wenn die Bürgerin gerade hinausgegangen ist
    Angenommen die Frist „Abwesenheit“ beträgt 20 s
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und die Bürgerin kurz hinausgeht
    Und Frau Brandt das Ergebnis „an_andere_stelle“ vermerkt
    Und Frau Brandt das Gespräch beendet
    Dann endet der Besuch als „an_andere_stelle“

  @anf:S0.8
  Szenariogrundriss: Der Besuch endet so, wie es die Mitarbeiterin vermerkt: <Ergebnis>
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt das Ergebnis „<Ergebnis>“ vermerkt
    Und Frau Brandt das Gespräch beendet
    Dann verabschiedet sich der Bildschirm
    Wenn sie das Bürgerbüro verlässt
    Dann endet der Besuch als „<Ergebnis>“

    Beispiele:
      | Ergebnis          |
      | folgetermin       |
      | an_andere_stelle  |
