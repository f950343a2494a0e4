# language: de
Funktionalität: Was ein ganzes Bürgerbüro zeigt

  Das misst ein Mensch vor Ort: eine Zahl und ein Foto, auf dem Maßband und Stelle zu sehen sind. Grenzen, Bezüge,
  Unsicherheiten und Quellen stehen in klassen/buergerbuero-2026.1.toml; den Schallschutz belegt nur ein Labor.

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet

  @anf:buergerbuero.tuerbreite @manuell
  Szenario: Die Tür ist breit genug
    Dann liegt „Breite der Tür“ in der Grenze

  @anf:buergerbuero.tuerhoehe @manuell
  Szenario: Die Tür ist hoch genug
    Dann liegt „Höhe der Tür“ in der Grenze

  @anf:buergerbuero.schwelle @manuell
  Szenario: Es gibt keine Schwelle, über die ein Rollstuhl nicht kommt
    Dann liegt „Höhe der Schwelle“ in der Grenze

  @anf:buergerbuero.griffhoehe @manuell
  Szenario: Der Türgriff ist im Sitzen zu erreichen
    Dann liegt „Höhe des Türgriffs“ in der Grenze

  @anf:buergerbuero.bewegungsflaeche @manuell
  Szenario: Im Bürgerbüro kann ein Rollstuhl wenden
    Dann liegt „Fläche zum Wenden“ in der Grenze

  @anf:buergerbuero.vor-der-tuer @manuell
  Szenario: Auch vor der Tür kann ein Rollstuhl wenden
    Dann liegt „Fläche vor der Tür“ in der Grenze

  @anf:buergerbuero.reichhoehe @manuell
  Szenario: Was man bedienen muss, hängt nicht zu hoch
    Dann liegt „Höchstes Bedienelement“ in der Grenze

  @anf:buergerbuero.bedientiefe @manuell
  Szenario: Was man bedienen muss, liegt nicht zu tief
    Dann liegt „Tiefstes Bedienelement“ in der Grenze

  @anf:buergerbuero.standflaeche @manuell
  Szenario: Vor dem Tisch ist Platz für einen Rollstuhl
    Dann liegt „Fläche vor dem Tisch“ in der Grenze

  @anf:buergerbuero.bildschirm @manuell
  Szenario: Der Bildschirm ist groß
    Dann liegt „Diagonale des Bildschirms“ in der Grenze

  @anf:buergerbuero.augenlinie @manuell
  Szenario: Man sieht einander an
    Dann liegt „Augenlinie“ in der Grenze
