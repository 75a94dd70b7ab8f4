"""The sandbox of T-Bank acquiring («Т-Касса»): speaks the contract of its API v2 over loopback HTTP.

Any key of letters and digits is a terminal, a test one if it ends with `DEMO`; its password is `pa55-` and
the key, as long as the cabinet gives it no other. Keys that begin with `unknown` are no terminals. What a
call holds beyond the contract is refused, where the real bank might pass it over. It has pages to pay on.
"""

from infra.local.tbank.sandbox import TBank

__all__ = ['TBank']
