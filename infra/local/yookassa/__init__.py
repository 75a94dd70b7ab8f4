"""The sandbox «ЮKassa»: speaks the contract of its API v3 over loopback HTTP, and has a page to pay on.

Any shop id of digits is a shop, with a secret key `test_…` or `live_…`; a key that ends with `wrong` is
refused. A shop is a test shop or a live one by the key it was first met with. What a request holds beyond
the contract is refused, where the real one might pass it over.
"""

from infra.local.yookassa.sandbox import YooKassa

__all__ = ['YooKassa']
