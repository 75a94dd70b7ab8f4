"""Pure decisions of the catalogue: order forms, and the invoice made at ordering."""

from chalicelib.catalogue.rules.forms import answers
from chalicelib.catalogue.rules.paying import automatic, must_be_coherent

__all__ = ['answers', 'automatic', 'must_be_coherent']
