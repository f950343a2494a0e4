# language: de
Funktionalität: Der Kartenleser

  Die Mitarbeiterin sieht, ob eine Karte auf dem Leser liegt und von welcher Art sie ist. Gelesen wird von der Karte nichts.

  Szenario: Karten werden aufgelegt und weggenommen, und an eine, die liegen bleibt, erinnert der Abschied
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Dann meldet der Kartenleser Frau Brandt „keine Karte“
    Wenn die Bürgerin eine Speicherkarte auf den Kartenleser legt
    Dann meldet der Kartenleser Frau Brandt „eine Speicherkarte“
    Wenn die Bürgerin alles vom Kartenleser nimmt
    Und sie zwei Karten zugleich auf den Kartenleser legt
    Dann meldet der Kartenleser Frau Brandt „etwas, das er nicht lesen kann“
    Wenn die Bürgerin alles vom Kartenleser nimmt
    Dann meldet der Kartenleser Frau Brandt „keine Karte“
    Wenn die Bürgerin eine unlesbare Karte auf den Kartenleser legt
    Dann meldet der Kartenleser Frau Brandt „etwas, das er nicht lesen kann“
    Wenn die Bürgerin alles vom Kartenleser nimmt
    Und sie einen Ausweis auf den Kartenleser legt
    Dann meldet der Kartenleser Frau Brandt „eine Karte mit Chip“
    Wenn Frau Brandt das Gespräch beendet
    Dann zeigt der Bildschirm „Auf dem Kartenleser liegt noch eine Karte“
