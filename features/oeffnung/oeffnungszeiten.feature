# language: de
Funktionalität: Öffnungszeiten

  Das Bürgerbüro ist offen, wenn das Haus offen ist, in dem es steht; mittwochs und donnerstags nur mit Termin.

  @anf:S3.18
  Szenariogrundriss: Geschlossen am <Tag> um <Zeit> Uhr: der Bildschirm nennt <nächster>, und niemand wird gerufen
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und es ist <Tag>, <Zeit> Uhr
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn der Bürger das Bürgerbüro betritt
    Dann nennt der Bildschirm als nächste Öffnung <nächster>, 8:30 Uhr
    Und klingelt es bei niemandem
    Wenn der Bürger das Bürgerbüro verlässt
    Dann endet der Besuch als „ausserhalb_oeffnungszeit“

    Beispiele:
      | Tag      | Zeit  | nächster |
      | Samstag  | 10    | Montag   |
      | Freitag  | 12:30 | Montag   |
      | Montag   | 7:45  | Montag   |
      | Mittwoch | 10    | Freitag  |

  Szenariogrundriss: Am Feiertag <Feiertag> bleibt geschlossen
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und es ist der <Tag>, 10 Uhr
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann nennt der Bildschirm als nächste Öffnung den <nächster>, 8:30 Uhr
    Und klingelt es bei niemandem

    Beispiele:
      | Feiertag                  | Tag        | nächster   |
      | Reformationstag           | 31.10.2028 | 03.11.2028 |
      | Tag der Deutschen Einheit | 03.10.2028 | 06.10.2028 |

  @anf:S0.2 @anf:S3.1
  Szenario: Vor der Eröffnung im März 2023 war geschlossen
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und es ist der 20.02.2023, 10 Uhr
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann nennt der Bildschirm als nächste Öffnung den 03.03.2023, 8:30 Uhr

  Szenario: Die Ruftaste ruft auch außerhalb der Öffnungszeit einen Menschen
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und es ist Samstag, 10 Uhr
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und die Bürgerin die Ruftaste drückt
    Dann klingelt es bei Frau Brandt
