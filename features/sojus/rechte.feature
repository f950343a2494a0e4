# language: de
Funktionalität: Wer was darf

  Hintergrund:
    Angenommen der Träger Seeweg im Landkreis Uckermark hat diese Plätze
      | Platz      | Gruppe   |
      | Seeblick 1 | Seeblick |
      | Seeblick 2 | Seeblick |
    Und der Träger Birkenhof im Landkreis Barnim hat diese Plätze
      | Platz   |
      | Birke 1 |

  @anf:S4.1.jugendamt
  Szenario: Nur wer für die Unterbringung zuständig ist, sucht und reserviert
    Wenn das Jugendamt Uckermark „Seeblick 1“ reserviert
    Dann hat das Jugendamt Uckermark „Seeblick 1“
    Wenn das Sozialministerium „Seeblick 2“ zu reservieren versucht
    Dann darf das Sozialministerium das nicht
    Wenn der Träger Birkenhof „Seeblick 2“ zu reservieren versucht
    Dann darf der Träger Birkenhof das nicht
    Wenn die Landrätin Uckermark zu suchen versucht
      | Alter | 15 |
    Dann darf die Landrätin Uckermark das nicht

  @anf:S4.1.traeger
  Szenario: Ein Träger führt seine Plätze und keine anderen, und sieht keine Zahlen
    Wenn der Träger Seeweg die Gruppe „Seeblick“ bestätigt
    Dann liest der Träger Seeweg bei der Gruppe „Seeblick“: „23.11.2026“
    Wenn der Träger Birkenhof die Gruppe „Seeblick“ zu bestätigen versucht
    Dann erfährt der Träger Birkenhof: „stimmt nicht“
    Wenn der Träger Seeweg die Zahlen anzusehen versucht
    Dann darf der Träger Seeweg das nicht

  @anf:S4.1.landesjugendamt
  Szenario: Das Landesjugendamt sieht die Einrichtungen seines Landes
    Dann liest das Landesjugendamt in den Zahlen: „Träger Seeweg“
    Und liest das Landesjugendamt in den Zahlen: „Träger Birkenhof“
    Wenn das Landesjugendamt „Seeblick 1“ zu reservieren versucht
    Dann darf das Landesjugendamt das nicht

  @anf:S4.1.sozialministerium
  Szenario: Das Ministerium sieht Zahlen ohne Personen, kleine nur ungefähr
    Wenn das Jugendamt Uckermark „Seeblick 1“ reserviert
    Und der Träger Seeweg die Reservierung von „Seeblick 1“ bestätigt
    Und der Träger Seeweg jemanden in „Seeblick 1“ aufnimmt
    Dann liest das Sozialministerium in den Zahlen: „Landkreis Uckermark“
    Und liest das Sozialministerium in den Zahlen: „weniger als 3“
    Und steht in den Zahlen beim Sozialministerium nichts von „Seeblick 1“

  @anf:S4.1.entscheider
  Szenario: Wer in einem Landkreis entscheidet, sieht dessen Zahlen und keine anderen
    Dann liest die Landrätin Uckermark in den Zahlen: „Landkreis Uckermark“
    Und steht in den Zahlen bei der Landrätin Uckermark nichts von „Barnim“
