"""The test cards, and what becomes of a payment with each; the last three are of this sandbox alone."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """`reason` is why it is declined, empty for a good one; `asks` whether the bank wants 3-D Secure."""

    number: str
    brand: str
    says: str
    reason: str = ''
    party: str = 'payment_network'
    asks: bool = False

    @property
    def spaced(self) -> str:
        """As it stands on a card."""
        return ' '.join(self.number[start : start + 4] for start in range(0, 16, 4))


CARDS = (
    Card('5555555555554444', 'MasterCard', 'оплата проходит'),
    Card('2202474301322987', 'Mir', 'оплата проходит'),
    Card('5555555555554477', 'MasterCard', 'оплата с 3-D Secure', asks=True),
    Card('2200000000000004', 'Mir', 'оплата с 3-D Secure', asks=True),
    Card('5555555555554600', 'MasterCard', 'не хватает денег', 'insufficient_funds'),
    Card('5555555555554527', 'MasterCard', 'банк отказал без причины', 'general_decline'),
    Card('5555555555554543', 'MasterCard', 'срок карты истёк', 'card_expired'),
    Card('5555555555554592', 'MasterCard', 'не пройден 3-D Secure', '3d_secure_failed'),
    Card('5555555555554568', 'MasterCard', 'подозрение в мошенничестве', 'fraud_suspected'),
    Card('5555555555554535', 'MasterCard', 'банк просит ему позвонить', 'call_issuer'),
    Card('5555555555554501', 'MasterCard', 'банк не отвечает', 'issuer_unavailable'),
    Card('5555555555554576', 'MasterCard', 'превышен лимит', 'payment_method_limit_exceeded'),
    Card('5555555555554550', 'MasterCard', 'операции с картой запрещены', 'payment_method_restricted'),
    Card('5555555555554584', 'MasterCard', 'карта чужой страны', 'country_forbidden', 'yoo_money'),
    Card('5555555555550001', 'MasterCard', 'неверный код карты', 'invalid_csc'),
    Card('5555555555550002', 'MasterCard', 'банк не успел ответить', 'internal_timeout', 'yoo_money'),
    Card(
        '5555555555550003', 'MasterCard', 'нужно подтвердить личность', 'identification_required', 'yoo_money'
    ),
)
BY_NUMBER = {card.number: card for card in CARDS}


def card_of(number: str) -> Card:
    """The card of that number; one that is no test card is not known to the network."""
    digits = ''.join(one for one in number if one.isdigit())[:16].ljust(16, '0')
    return BY_NUMBER.get(digits) or Card(digits, 'Unknown', 'такой карты нет', 'invalid_card_number')
