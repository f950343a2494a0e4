"""What is printed, sealed and kept of a visit: declaration, slip, package, seal, vault.

How it works: while a visit lasts its pages lie in a `vault.Vault`, encrypted under a key that only memory holds.
`declaration` and `slip` print on A4 (`sheet`, `typeface`). When an agent hands in, `seal.build` makes one package of
declaration, pages and signature, `parts.parts` cuts it for the link, `parts.Assembly` puts it together at the exchange,
and `seal.verify` checks every byte of it. The declaration's bytes come from `domain.case.canonical`, nowhere else.

Others may rely on `seal` (`build`, `verify`, `Submission`), `parts`, `declaration`, `slip`, `strokes`, and `vault`
(`Vault`, `MemoryVault`, `Proof`). `seal` and `package` tell the format of the file.
"""
