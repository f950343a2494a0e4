# language: de
Funktionalität: Was eine Induktionsschleife zeigt

  Grenzen, Bezüge und Unsicherheiten stehen in klassen/induktionsschleife-2026.1.toml. Feldstärke, Frequenzgang und
  Störabstand misst ein Mensch vor Ort, mit Feldstärkemesser und Foto.

  Hintergrund:
    Angenommen das Bürgerbüro Templin ist geöffnet

  @anf:induktionsschleife.schaltet @braucht:induction_loop
  Szenario: Sie lässt sich ein- und ausschalten, jedes Mal
    Wenn die Induktionsschleife 3-mal ein- und ausgeschaltet wird
    Dann liegt „Verpasste Schaltungen der Schleife“ in der Grenze

  @anf:induktionsschleife.hoerbar @braucht:induction_loop @braucht:loudspeaker @stufe:wire @dauert
  Szenario: Wer ein Hörgerät trägt, hört durch sie
    Angenommen Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Und Frau Brandt die Bürgerin begrüßt
    Dann hört die Bürgerin Frau Brandt über die Induktionsschleife

  @anf:induktionsschleife.ausfall @braucht:induction_loop @dauert
  Szenario: Lässt sie sich nicht schalten, so wird das alsbald genannt
    Wenn die Induktionsschleife ausfällt
    Und die Induktionsschleife zu schalten versucht wird
    Dann liegt „Ausfall der Induktionsschleife“ in der Grenze

  @anf:induktionsschleife.feldstaerke @braucht:induction_loop @manuell
  Szenario: Das Feld ist stark genug und nicht zu stark
    Dann liegt „Abweichung der Feldstärke“ in der Grenze

  @anf:induktionsschleife.frequenzgang @braucht:induction_loop @manuell
  Szenario: Hohe und tiefe Töne kommen gleich stark an
    Dann liegt „Abweichung im Frequenzgang“ in der Grenze

  @anf:induktionsschleife.stoerabstand @braucht:induction_loop @manuell
  Szenario: Was stört, ist leise genug
    Dann liegt „Störabstand der Schleife“ in der Grenze

  @anf:induktionsschleife.fremd @braucht:induction_loop @stufe:wire @dauert
  Szenario: Ein anderes Gerät an ihrem Anschluss wird als solches genannt
    Dann fällt auf, wenn dort ein anderes Gerät hängt als die Induktionsschleife
