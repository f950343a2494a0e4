# language: de
Funktionalität: Der Kartenleser

  Die Mitarbeiterin sieht, ob eine Karte auf dem Leser liegt und von welcher Art sie ist. Gelesen wird von der Karte nichts.

  Szenario: Eine Karte wird aufgelegt und wieder weggenommen
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Dann meldet der Kartenleser Frau Brandt „keine Karte“
    Wenn die Bürgerin einen Ausweis auf den Kartenleser legt
    Dann meldet der Kartenleser Frau Brandt „eine Karte mit Chip“
    Wenn die Bürgerin alles vom Kartenleser nimmt
    Dann meldet der Kartenleser Frau Brandt „keine Karte“

  Szenario: Die falsche Karte, eine unlesbare und zwei auf einmal
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und die Bürgerin eine Speicherkarte auf den Kartenleser legt
    Dann meldet der Kartenleser Frau Brandt „eine Speicherkarte“
    Wenn die Bürgerin alles vom Kartenleser nimmt
    Und sie eine unlesbare Karte auf den Kartenleser legt
    Dann meldet der Kartenleser Frau Brandt „etwas, das er nicht lesen kann“
    Wenn die Bürgerin alles vom Kartenleser nimmt
    Dann meldet der Kartenleser Frau Brandt „keine Karte“
    Wenn sie zwei Karten zugleich auf den Kartenleser legt
    Dann meldet der Kartenleser Frau Brandt „etwas, das er nicht lesen kann“

  Szenario: Bleibt eine Karte liegen, erinnert der Abschied daran
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und die Bürgerin einen Ausweis auf den Kartenleser legt
    Dann meldet der Kartenleser Frau Brandt „eine Karte mit Chip“
    Wenn Frau Brandt das Gespräch beendet
    Dann zeigt der Bildschirm „Auf dem Kartenleser liegt noch eine Karte“

  Szenario: Fällt der Kartenleser aus, geht das Gespräch weiter
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und der Kartenleser ausfällt
    Dann erfährt Frau Brandt: „Der Kartenleser in der Kabine antwortet nicht“
    Und geht das Gespräch mit Frau Brandt weiter
    Wenn der Kartenleser wieder antwortet
    Und die Bürgerin einen Ausweis auf den Kartenleser legt
    Dann meldet der Kartenleser Frau Brandt „eine Karte mit Chip“
