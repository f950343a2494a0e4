# language: de
Funktionalität: Unterlagen einreichen, ohne einen Antrag zu stellen

  Ein Brief, ein Nachweis, der später verlangt wurde: Die Mitarbeiterin scannt ein, beide sehen es sich an, und die
  Bürgerin reicht es mit einer Berührung ein. Eine Unterschrift braucht es nicht.

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und die Bürgerin die Verdienstbescheinigung in den Scanner legt
    Und Frau Brandt die Verdienstbescheinigung einscannt

  @anf:S0.11.einreichen
  Szenario: Ein nachgereichter Nachweis kommt ohne Antrag bei der Stelle an
    Wenn Frau Brandt die Unterlagen zu „Wohngeld: Mietzuschuss“ mit dem Aktenzeichen „WG-0815/26“ ohne Antrag vorlegt
    Dann liest die Bürgerin, dass die Verdienstbescheinigung mit 1 Seite an die Wohngeldstelle geht
    Wenn die Bürgerin die Unterlagen so einreicht
    Dann erhält die Bürgerin eine Eingangsbestätigung über die Verdienstbescheinigung mit 1 Seite
    Und liegen die Unterlagen ohne Antrag bei der Wohngeldstelle
    Und gehören die Unterlagen zu „Wohngeld: Mietzuschuss“ mit dem Aktenzeichen „WG-0815/26“
    Wenn Frau Brandt das Gespräch beendet
    Dann verabschiedet sich der Bildschirm
    Wenn die Bürgerin das Bürgerbüro verlässt
    Dann endet der Besuch als „unterlagen_eingereicht“
    Und ist nichts mehr von ihr im Bürgerbüro

  Szenario: Geht sie, bevor sie einreicht, bekommt niemand ihre Unterlagen
    Wenn Frau Brandt die Unterlagen zu „Wohngeld: Mietzuschuss“ ohne Antrag vorlegt
    Und die Bürgerin das Bürgerbüro verlässt
    Dann endet der Besuch als „abgebrochen_buerger“
    Und hat keine Stelle etwas davon erhalten
    Und ist nichts mehr von ihr im Bürgerbüro
