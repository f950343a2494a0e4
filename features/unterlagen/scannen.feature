# language: de
Funktionalität: Unterlagen scannen

  @anf:S3.13 @braucht:scanner
  Szenario: Der Scanner staut sich bei Seite 2, und am Ende fehlt keine Seite
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Und im Scanner staut sich Seite 2
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und sie den Mietvertrag in den Scanner legt
    Und Frau Brandt den Mietvertrag einscannt
    Dann melden beide Bildschirme den Papierstau
    Wenn die Bürgerin den Papierstau behebt
    Und Frau Brandt den Mietvertrag einscannt
    Dann liegt der Mietvertrag mit 3 Seiten vollständig vor

  Szenario: Bleibt etwas im Scanner liegen, erinnert der Abschied daran
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und die Bürgerin den Mietvertrag in den Scanner legt
    Und 3 s vergehen
    Und Frau Brandt das Gespräch beendet
    Dann zeigt der Bildschirm „Im Scanner liegt noch etwas“

  Szenario: Liegt schon etwas im Scanner, erfährt es die Mitarbeiterin, sobald sie annimmt
    Angenommen das Bürgerbüro Templin ist geöffnet
    Wenn die Bürgerin den Mietvertrag in den Scanner legt
    Und sie das Bürgerbüro betritt
    Dann zeigt der Bildschirm „Sie sind auf Platz 1“
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn Frau Brandt das Gespräch annimmt
    Dann erfährt Frau Brandt: „Im Scanner liegt schon etwas“
