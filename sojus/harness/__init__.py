"""What tests SoJuS by scenarios, in the sentences of those who work with it (features/sojus). No other room imports it.

    words    what stands in a sentence: offices, providers, spans of time
    tables   what stands below one: places as a provider has them, what is looked for
    desk     what somebody sees and does who is logged in, as values; two ways to it:
    memory     the service on a log that nobody keeps, in virtual time
    wire       the program `lisa portal` over HTTP, as any other client would speak with it
    scene    the world of one scenario: how it is set, who sits where, what they were told
    steps    the German sentences

`lisa run` finds the steps by the entry point `lisa.steps`. The scene opens with the first step that needs it; what
comes before says which places there are, and which day it is.
"""
