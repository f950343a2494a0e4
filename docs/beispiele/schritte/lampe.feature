# language: de
Funktionalität: Zwei eigene Schritte

  Szenario: Die Lampe sagt, ob die Kabine frei ist
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann leuchtet die Lampe „gelb“
    Wenn die Bürgerin das Bürgerbüro verlässt
    Dann leuchtet die Lampe „gruen“
    Wenn die Bürgerin für 5 s hereinschaut
    Dann leuchtet die Lampe „gelb“
