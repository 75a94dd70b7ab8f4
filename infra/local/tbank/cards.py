"""The test cards, and what becomes of a payment with each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """`code` is why it is declined, empty for a good one; `asks` whether the bank wants 3-D Secure."""

    number: str
    says: str
    code: str = ''
    asks: bool = False

    @property
    def spaced(self) -> str:
        """As it stands on a card."""
        return ' '.join(self.number[start : start + 4] for start in range(0, 16, 4))

    @property
    def pan(self) -> str:
        """As notices tell it."""
        return f'{self.number[:6]}******{self.number[-4:]}'


FAILED_3DS = '101'
CARDS = (
    Card('4300000000000777', 'оплата проходит'),
    Card('2201382000000013', 'оплата проходит'),
    Card('5000000000000108', 'оплата с 3-D Secure', asks=True),
    Card('4000000000000119', 'не хватает денег', '1051'),
    Card('4000000000000127', 'банк отказал без причины', '1005'),
    Card('4000000000000135', 'срок карты истёк', '1054'),
    Card('4000000000000143', 'не пройден 3-D Secure', FAILED_3DS),
    Card('4000000000000150', 'подозрение в мошенничестве', '1059'),
    Card('4000000000000168', 'банк не отвечает', '1091'),
    Card('4000000000000176', 'превышен лимит', '1061'),
    Card('4000000000000184', 'операции с картой запрещены', '1057'),
    Card('4000000000000192', 'неверный код карты', '1082'),
)
BY_NUMBER = {card.number: card for card in CARDS}


def card_of(number: str) -> Card:
    """The card of that number; one that is no test card is not known to the network."""
    digits = ''.join(one for one in number if one.isdigit())[:16].ljust(16, '0')
    return BY_NUMBER.get(digits) or Card(digits, 'такой карты нет', '1014')
