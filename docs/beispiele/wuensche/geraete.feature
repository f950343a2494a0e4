# language: de
Funktionalität: Was ein Hersteller sagen wollte

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und die Frist „Abschied“ beträgt 3 s
    Und Frau Brandt vom LISA-Team ist bereit

  Szenario: Wer eintritt, ist nach zwei Sekunden bemerkt
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann bemerkt das Bürgerbüro die Bürgerin innerhalb von 2 s

  Szenario: Auch wer hinten stehen bleibt, wird bemerkt
    Wenn jemand 300 cm vor dem Präsenzsensor stehen bleibt
    Dann bemerkt das Bürgerbüro die Person innerhalb von 2 s
    Und klingelt es bei Frau Brandt

  Szenario: Wer still sitzt, bleibt im Gespräch
    Wenn die Bürgerin von Frau Brandt begrüßt wird
    Und die Bürgerin 3 s lang still sitzt
    Dann geht das Gespräch mit Frau Brandt weiter

  Szenario: Ist niemand da, bleibt das Bürgerbüro frei
    Dann bleibt das Bürgerbüro 2 s lang frei

  Szenario: Fällt der Präsenzsensor vor dem Besuch aus, ruft die Taste
    Wenn der Präsenzsensor ausfällt
    Und die Bürgerin das Bürgerbüro betritt
    Und die Bürgerin die Ruftaste drückt
    Dann klingelt es bei Frau Brandt

  Szenario: Fällt der Präsenzsensor im Gespräch aus, geht es weiter
    Wenn die Bürgerin von Frau Brandt begrüßt wird
    Und der Präsenzsensor ausfällt
    Dann erfährt Frau Brandt: „Präsenzsensor“
    Und geht das Gespräch mit Frau Brandt weiter

  Szenario: Fällt der Präsenzsensor beim Abschied aus, endet der Besuch trotzdem
    Wenn die Bürgerin von Frau Brandt begrüßt wird
    Und Frau Brandt das Gespräch beendet
    Und der Präsenzsensor ausfällt
    Dann endet der Besuch als „erledigt_beratung“

  Szenario: Zieht der Scanner zwei Blätter zugleich ein, steht auf dem Bildschirm, was zu tun ist
    Angenommen der Scanner zieht zwei Blätter zugleich ein
    Wenn die Bürgerin von Frau Brandt begrüßt wird
    Und die Bürgerin den Mietvertrag in den Scanner legt
    Und Frau Brandt den Mietvertrag einscannt
    Dann zeigt der Bildschirm „zwei Blätter zugleich“
