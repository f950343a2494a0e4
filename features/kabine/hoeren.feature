# language: de
Funktionalität: Hören mit Hörgerät

  Wer ein Hörgerät trägt, hört das Gespräch über die Induktionsschleife, ohne etwas einzuschalten.

  Szenario: Die Induktionsschleife ist an, solange ein Gespräch dauert
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann klingelt es bei Frau Brandt
    Und ist die Induktionsschleife ausgeschaltet
    Wenn Frau Brandt das Gespräch annimmt
    Dann ist die Induktionsschleife eingeschaltet
    Wenn Frau Brandt das Gespräch beendet
    Dann ist die Induktionsschleife ausgeschaltet
