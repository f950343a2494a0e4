# language: de
Funktionalität: Anmelden

  Hintergrund:
    Angenommen der Träger Seeweg im Landkreis Uckermark hat diese Plätze
      | Platz      |
      | Seeblick 1 |

  @anf:S4.9.passwort @stufe:wire
  Szenario: Mit Namen und Passwort kommt man hinein, und zwar als die eigene Stelle
    Wenn das Jugendamt Uckermark sich mit seinem Passwort anmeldet
    Dann ist es als Jugendamt Uckermark angemeldet

  @anf:S4.9.passwort @stufe:wire
  Szenario: Mit einem falschen Passwort kommt niemand hinein
    Wenn das Jugendamt Uckermark sich mit einem falschen Passwort anmeldet
    Dann ist niemand angemeldet

  @stufe:wire
  Szenario: Ohne Anmeldung sagt das Portal nichts
    Wenn jemand das Portal fragt, ohne sich anzumelden
    Dann ist niemand angemeldet
