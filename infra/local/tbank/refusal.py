"""An error as the bank tells it: with status 200, and a code."""

from collections.abc import Mapping
from typing import Any

from infra.local.gateway import Reply
from infra.local.server import as_json

SAYS = {
    '4': 'Неверный статус платежа', '8': 'Неверный статус транзакции.', '9': 'Неверные параметры.',
    '10': 'Метод Charge заблокирован для данного терминала', '202': 'Терминал заблокирован',
    '204': 'Неверный токен. Проверьте пару TerminalKey/SecretKey.', '255': 'Платеж не найден',
    '308': 'Неверная сумма', '330': 'Сумма отмены больше суммы платежа', '335': 'Заказ не найден',
    '309': 'Неверный чек', '501': 'Терминал не найден', '3002': 'Недостаточно средств для возврата',
    '9999': 'Внутренняя ошибка системы',
}  # fmt: skip


class Refused(Exception):
    """`details` says what is wrong with the call; `more` stands in the answer beside it."""

    def __init__(self, code: str, details: str = '', **more: Any) -> None:
        super().__init__(f'{code} {SAYS.get(code, "")}: {details}')
        message = SAYS.get(code, 'Ошибка')
        self.code = code
        self.told: Mapping[str, Any] = {
            'Success': False, 'ErrorCode': code, 'Message': message, 'Details': details or message, **more,
        }  # fmt: skip

    @property
    def reply(self) -> Reply:
        """As it goes over the wire."""
        return as_json(self.told)


def wrong(details: str) -> Refused:
    """The call is not as it should be."""
    return Refused('9', details)
