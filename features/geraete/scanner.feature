# language: de
Funktionalität: Was ein Scanner zeigt

  Grenzen, Bezüge und Unsicherheiten stehen in klassen/scanner-2026.1.toml.

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet

  @anf:scanner.vollzaehlig @braucht:scanner.einzug
  Szenario: Jedes Blatt, das im Einzug liegt, kommt an
    Wenn die Bürgerin den Mietvertrag in den Scanner legt
    Und der Scanner 3 Seiten einliest
    Dann liegt „Fehlende Seiten“ in der Grenze

  @anf:scanner.zeit @braucht:scanner.einzug @dauert
  Szenario: Eine Seite ist in angemessener Zeit da
    Wenn die Bürgerin den Mietvertrag in den Scanner legt
    Und der Scanner 3 Seiten einliest
    Dann liegt „Zeit je Seite“ in der Grenze

  @anf:scanner.massstab @braucht:scanner.einzug @dauert
  Szenario: Die Auflösung, die er nennt, hat das Bild auch
    Wenn die Bürgerin die Strichtafel in den Scanner legt
    Und der Scanner eine Seite einliest
    Dann liegt „Maßstab des Scans“ in der Grenze

  @anf:scanner.lesbar @braucht:scanner.einzug @dauert
  Szenario: Striche von einem halben Millimeter heben sich ab
    Wenn die Bürgerin die Strichtafel in den Scanner legt
    Und der Scanner eine Seite einliest
    Dann liegt „Kontrast feiner Striche“ in der Grenze

  @anf:scanner.leer @braucht:scanner.einzug @dauert
  Szenario: Ein leerer Einzug wird als leer genannt
    Wenn der Scanner eine Seite einliest
    Dann nennt der Scanner selbst „leerer Einzug“

  @anf:scanner.stau @braucht:scanner.einzug @dauert
  Szenario: Ein Papierstau wird genannt, und die Seiten davor bleiben gut
    Wenn die Bürgerin den Mietvertrag in den Scanner legt
    Angenommen im Scanner staut sich Seite 2
    Wenn der Scanner 3 Seiten einliest
    Dann nennt der Scanner selbst „Papierstau“
    Und hat der Scanner eine Seite geliefert

  @anf:scanner.doppeleinzug @braucht:scanner.einzug @dauert
  Szenario: Zwei Blätter zugleich werden bemerkt
    Wenn die Bürgerin den Mietvertrag in den Scanner legt
    Angenommen der Scanner zieht zwei Blätter zugleich ein
    Wenn der Scanner 3 Seiten einliest
    Dann nennt der Scanner selbst „Doppeleinzug“

  @anf:scanner.ausfall @braucht:scanner @dauert
  Szenario: Fällt er aus, so wird er alsbald genannt
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und der Scanner ausfällt
    Dann liegt „Ausfall des Scanners“ in der Grenze

  @anf:scanner.fremd @braucht:scanner @stufe:wire @dauert
  Szenario: Ein anderes Gerät unter seiner Adresse wird als solches genannt
    Dann fällt auf, wenn dort ein anderes Gerät hängt als der Scanner
