"""Logging in with the account of one's own house: OpenID Connect, one issuer for each tenant.

    issuers   whom we ask, and for which tenant        ticket   what a browser brings back, so that nobody else's comes
    tokens    what an ID token has to say               client   metadata, keys and the token, fetched in bounds

Authorization code with PKCE (RFC 7636), `state`, `nonce`, and the issuer's own name in the answer (RFC 9207).
Signatures are joserfc's; the flow is ours, since all of it has to be bounded and told in sentences.
"""
