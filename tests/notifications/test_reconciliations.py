"""Who is told that a day of a shop is not the same at its provider."""

from chalicelib.registers.events import ReconciliationDiffered
from chalicelib.staff.model import NotificationKind, Permission
from tests.notifications.conftest import inbox, kinds

DIFFERED = NotificationKind.RECONCILIATION_DIFFERED


def test_who_ticks_it_and_sees_all_payments_is_told_what_a_reconciliation_found(who_ticks, announce, sent):
    accountant = who_ticks(DIFFERED, by=('push', 'email'), permissions=[Permission.PAYMENTS_MARKETPLACE])
    deaf = who_ticks(permissions=[Permission.PAYMENTS_MARKETPLACE])
    blind = who_ticks(DIFFERED, permissions=[Permission.PAYMENTS_VIEW])
    announce(ReconciliationDiffered)
    assert (kinds(accountant.id), kinds(deaf.id), kinds(blind.id)) == (['reconciliation_differed'], [], [])
    [notice] = inbox(accountant.id).items
    assert (notice.number, notice.title) == (None, 'Расхождение сверки за 17 ноября 2026')
    assert notice.text == (
        'Сверка платежей за 17 ноября 2026 с магазином 100500 нашла 2 расхождения, из них исправлено: 1.'
    )
    # The administrator who founded the organisation ticks it from the beginning.
    told = {one.to for one in sent('push')}
    assert f'staff:{accountant.id}' in told
    assert not told & {f'staff:{deaf.id}', f'staff:{blind.id}'}
