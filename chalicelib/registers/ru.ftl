# Реестр платежей и сверки: отказы и слова.

EntryNotFound = Платёж не найден.
ReconciliationNotFound = Сверка не найдена.
ReconciliationOfAllPlaces = Сверка охватывает платежи по всем объектам, а вам открыты не все.
ReconciliationUnderWay = Этот день уже сверяется.
ReconciliationOver = Сверка уже закончена, отменять нечего.
DayNotOver = Сверить можно только закончившийся день.
DayTooLongAgo = { $days ->
    [one] Сверить можно день не старше { $days } дня.
   *[other] Сверить можно день не старше { $days } дней.
}

input-sums-reversed = Сумма «до» меньше суммы «от».

reconciliation-failure-keys_refused = Платёжный сервис не принимает ключ магазина. Проверьте настройки оплаты.
reconciliation-failure-provider_away = Платёжный сервис не отвечал слишком долго. Запустите сверку ещё раз.

difference-missing_here = Нет у нас
difference-missing_there = Нет у платёжного сервиса
difference-other_sum = Другая сумма
difference-other_state = Другое состояние
difference-refund_unknown = Неизвестный возврат
