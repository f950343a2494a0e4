# language: de
Funktionalität: Hören mit Hörgerät

  Wer ein Hörgerät trägt, hört das Gespräch über die Induktionsschleife, ohne etwas einzuschalten.

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit

  Szenario: Die Induktionsschleife ist an, solange ein Gespräch dauert
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann klingelt es bei Frau Brandt
    Und ist die Induktionsschleife ausgeschaltet
    Wenn Frau Brandt das Gespräch annimmt
    Dann ist die Induktionsschleife eingeschaltet
    Wenn Frau Brandt das Gespräch beendet
    Dann ist die Induktionsschleife ausgeschaltet

  Szenario: Die Stimme der Mitarbeiterin kommt aus dem Lautsprecher und im Hörgerät an
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt die Bürgerin begrüßt
    Dann hört die Bürgerin Frau Brandt über den Lautsprecher
    Wenn Frau Brandt die Bürgerin begrüßt
    Dann hört die Bürgerin Frau Brandt über die Induktionsschleife

  Szenario: Bei offener Tür hört draußen niemand mit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und die Tür aufgeht
    Dann erfährt Frau Brandt: „Der Ton ist stumm“
    Wenn Frau Brandt die Bürgerin begrüßt
    Dann hört die Bürgerin Frau Brandt nicht über den Lautsprecher
    Wenn Frau Brandt die Bürgerin begrüßt
    Dann hört die Bürgerin Frau Brandt nicht über die Induktionsschleife
    Wenn die Tür zugeht
    Und Frau Brandt die Bürgerin begrüßt
    Dann hört die Bürgerin Frau Brandt über den Lautsprecher

  Szenario: Während sie eine Kollegin fragt, ist die Mitarbeiterin in der Kabine nicht zu hören
    Angenommen Frau Vogt von der Wohngeldstelle ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt bei der Wohngeldstelle rückfragt
    Und Frau Vogt die Rückfrage annimmt
    Dann zeigt der Bildschirm „fragt kurz bei der Wohngeldstelle“
    Wenn Frau Brandt die Bürgerin begrüßt
    Dann hört die Bürgerin Frau Brandt nicht über den Lautsprecher
    Wenn Frau Vogt die Rückfrage beendet
    Dann zeigt der Bildschirm „fragt kurz bei der Wohngeldstelle“ nicht mehr
    Wenn Frau Brandt die Bürgerin begrüßt
    Dann hört die Bürgerin Frau Brandt über den Lautsprecher
