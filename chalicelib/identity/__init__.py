"""Who may sign in, and who is calling: one-time codes, sessions, access and refresh tokens.

Houses above put their people, roles and organisations here in their own transactions (`admitting`,
`granting`, `settling`), so that one round trip tells who a token belongs to and what it may do. It
announces `SignedIn`, `SessionsEnded` and `RefreshTokenReused`, asks `messaging` to bring the codes, and
knows nothing else of employees or clients.
"""
