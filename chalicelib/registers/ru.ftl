# Реестр платежей: отказы.

EntryNotFound = Платёж не найден.

input-sums-reversed = Сумма «до» меньше суммы «от».
