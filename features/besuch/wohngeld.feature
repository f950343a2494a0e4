# language: de
Funktionalität: Ein ganzer Besuch bis zum abgegebenen Antrag

  Wer im Bürgerbüro Wohngeld beantragt, geht mit einer Kopie und einer Eingangsbestätigung nach Hause,
  ohne selbst etwas bedient zu haben als einen Stift und einen Finger.

  @anf:S0.11.antrag @anf:S0.11.unterschrift @anf:S1.10.automatic-call @anf:S1.10.signature-pad @anf:S1.10.upload
  @anf:S0.10 @anf:S1.7 @anf:S3.6 @anf:S3.7 @anf:S3.8 @anf:S3.9
  Szenario: Eine Bürgerin beantragt Wohngeld und gibt den Antrag gleich ab
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Und Frau Vogt von der Wohngeldstelle ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und sie Platz nimmt
    Dann klingelt es bei Frau Brandt innerhalb von 2 s
    Wenn Frau Brandt das Gespräch annimmt
    Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm
    Und hat die Bürgerin dafür nichts berührt
    Und sieht Frau Brandt die Bürgerin
    Wenn die Bürgerin ihr Anliegen schildert
    Dann hört Frau Brandt sie
    Wenn Frau Brandt als Anliegen „Wohngeld: Mietzuschuss“ vermerkt
    Dann nennt der Bildschirm den „Antrag auf Wohngeld (Mietzuschuss)“
    Wenn Frau Brandt an die Wohngeldstelle weiterleitet
    Dann klingelt es bei Frau Vogt
    Und kennt Frau Vogt schon das Anliegen „Wohngeld: Mietzuschuss“ und den „Antrag auf Wohngeld (Mietzuschuss)“
    Wenn Frau Vogt das Gespräch annimmt
    Dann erscheint Frau Vogt von der Wohngeldstelle auf dem Bildschirm
    Und sieht Frau Vogt die Bürgerin
    Wenn die Bürgerin ihren Mietvertrag unter die Kamera legt
    Dann sieht Frau Vogt unter der Kamera den Mietvertrag
    Wenn sie den Mietvertrag in den Scanner legt
    Und Frau Vogt den Mietvertrag einscannt
    Dann liegt der Mietvertrag mit 3 Seiten vollständig vor
    Und sieht die Bürgerin ihren Mietvertrag mit 3 Seiten auf dem Bildschirm
    Wenn Frau Vogt den Mietvertrag übernimmt
    Und Frau Vogt den „Antrag auf Wohngeld (Mietzuschuss)“ öffnet
    Und Frau Vogt einträgt, was die Bürgerin sagt, und sie jede Antwort bestätigt
      | Name                      | Musterfrau                    |
      | Vorname                   | Erika                         |
      | Geburtsdatum              | 12.08.1949                    |
      | Anschrift                 | Am Beispielsee 3, Musterstadt |
      | Familienstand             | verwitwet                     |
      | Haushaltsmitglieder       | 1                             |
      | Gesamtmiete monatlich     | 412,50                        |
      | Einkommen brutto monatlich | 1.020,00                      |
      | IBAN                      | DE02 1203 0000 0000 2020 51   |
    Dann liest die Bürgerin jede Antwort auf dem Bildschirm mit
    Und steht bei „Gesamtmiete monatlich“ auf dem Bildschirm „412,50 €“
    Und ist „davon Heizkosten monatlich“ auf dem Bildschirm als freiwillig gekennzeichnet
    Wenn Frau Vogt die ganze Erklärung zum Prüfen vorlegt
    Dann lässt sich „Alles richtig“ noch nicht berühren
    Wenn die Bürgerin die Erklärung bis zum Ende liest
    Dann lässt sich „Alles richtig“ berühren
    Wenn die Bürgerin die ganze Erklärung geprüft hat und bestätigt
    Und die Bürgerin auf dem Unterschriftenpad unterschreibt
    Dann hat der Bildschirm groß um die Unterschrift gebeten
    Wenn Frau Vogt den Antrag abgibt
    Dann liegt der Antrag bei der Wohngeldstelle
    Und gehören Antrag, Scan und Unterschrift untrennbar zusammen
    Und erhält sie eine Kopie und eine Eingangsbestätigung mit dem Hinweis „ersetzt keine Schriftform“
    Und sagt der Bildschirm, dass die Kopie im Drucker liegt
    Und nennt der Bildschirm die fehlende Unterlage „Verdienstbescheinigung“
    Wenn Frau Vogt das Gespräch beendet
    Dann verabschiedet sich der Bildschirm
    Wenn die Bürgerin das Bürgerbüro verlässt
    Dann endet der Besuch als „antrag_eingereicht“
    Und ist nichts mehr von ihr im Bürgerbüro
