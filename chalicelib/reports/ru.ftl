# Отчёты: почему нельзя, что можно отметить и что стоит в ячейках.

ReportNotFound = Такого отчёта нет.
ReportAlreadyOver = Отчёт уже завершён, отменять нечего.
TooManyReports = { $limit ->
    [one] Одновременно формируется не больше { $limit } отчёта. Дождитесь его или отмените.
   *[other] Одновременно формируется не больше { $limit } отчётов. Дождитесь одного из них или отмените.
}
ReportsOnlyInCrm = Отчёты формируются только в CRM.

report-failure-employee_dismissed = Сотрудник, заказавший отчёт, больше не работает в организации.
report-failure-too_many_rows = { $limit ->
    [one] В отчёт помещается не больше { $limit } строки. Сузьте фильтры.
   *[other] В отчёт помещается не больше { $limit } строк. Сузьте фильтры.
}
report-failure-interrupted = Отчёт не удалось сформировать. Попробуйте ещё раз.
report-failure-not_started = До отчёта не дошла очередь. Попробуйте ещё раз.

report-sheet-requests = Заявки
report-sheet-payments = Платежи
report-file-requests = Заявки { $at }
report-file-payments = Платежи { $at }

report-group-request = Заявка
report-group-place = Адрес
report-group-client = Клиент
report-group-people = Ответственные
report-group-sla = Сроки
report-group-result = Итог
report-group-money = Оплата

report-field-number = Номер
report-field-status = Статус
report-field-status_comment = Комментарий к статусу
report-field-channel = Канал обращения
report-field-offering = Услуга
report-field-form = Форма заказа
report-field-labels = Метки
report-field-incident = Инцидент
report-field-created_at = Дата создания
report-field-author = Автор
report-field-updated_at = Дата обновления
report-field-address = Адрес
report-field-premises = Помещение
report-field-quarter = Квартал
report-field-group = Группа объектов
report-field-client = Клиент
report-field-phone = Телефон клиента
report-field-assignees = Исполнители
report-field-controller = Контролёр
report-field-department = Подразделение
report-field-first_started_at = Взято в работу
report-field-reaction_limit = SLA времени реакции
report-field-react_until = Взять в работу до
report-field-reaction_verdict = Соблюдение SLA времени реакции
report-field-reaction_time = Время реакции
report-field-execution_limit = SLA времени выполнения
report-field-execute_until = Выполнить до
report-field-execution_verdict = Соблюдение SLA времени выполнения
report-field-execution_time = Время выполнения
report-field-suspended_until = Приостановлено до
report-field-done_at = Дата выполнения
report-field-cancelled_at = Дата отмены
report-field-rating = Оценка
report-field-rating_comment = Комментарий к оценке
report-field-paid = Оплата
report-field-refund_status = Возврат
report-field-refund_sum = Сумма возврата, ₽

report-status-waiting = Ожидание
report-status-in_progress = В работе
report-status-done = Выполнено
report-status-suspended = Приостановлено
report-status-cancelled = Отменено
report-status-reopened = Переоткрыто
report-status-approval = Согласование
report-status-clarification = Требует уточнения
report-status-quality_control = Контроль качества

report-channel-incoming_call = Входящий звонок
report-channel-outgoing_call = Исходящий звонок
report-channel-visit = Личный визит
report-channel-email = E-mail
report-channel-social = Социальные сети / мессенджеры
report-channel-internal = Внутренний канал
report-channel-other = Другое
report-channel-app = Мобильное приложение
report-channel-site = Личный кабинет на сайте

report-label-reaction_breached = Нарушен SLA времени реакции
report-label-execution_breached = Нарушен SLA времени выполнения
report-label-important_comment = Важный комментарий от сотрудника
report-label-invoice_not_issued = Счёт не выставлен
report-label-invoice_unpaid = Счёт не оплачен
report-label-invoice_marked_paid = Счёт отмечен оплаченным
report-label-invoice_paid = Счёт оплачен
report-label-refund_requested = Возврат запрошен
report-label-refund_approved = Возврат подтверждён

report-verdict-pending = Ещё идёт
report-verdict-observed = Соблюдён
report-verdict-breached = Нарушен

report-refund-requested = Запрошен
report-refund-rejected = Отклонён
report-refund-approved = Подтверждён
report-refund-completed = Выполнен
report-refund-failed = Не выполнен

report-author-partner = Партнёр
report-author-system = Система

report-payment-kind = Вид
report-payment-state = Состояние
report-payment-created_at = Начат
report-payment-ended_at = Завершён
report-payment-amount = Сумма
report-payment-came = Поступило
report-payment-went = Возвращено
report-payment-number = Заявка
report-payment-offering = Услуга
report-payment-marketplace = Маркетплейс
report-payment-client = Клиент
report-payment-address = Адрес
report-payment-premises = Помещение
report-payment-legal_entity = Юридическое лицо
report-payment-provider = Платёжный сервис
report-payment-shop = Магазин
report-payment-method = Способ оплаты
report-payment-external_id = Номер в платёжном сервисе
report-payment-payment = Номер платежа
report-payment-decline = Причина отказа
report-payment-test = Тестовый

report-payment-total = Итого
report-payment-yes = Да
report-payment-no = Нет
report-payment-kind-payment = Платёж
report-payment-kind-refund = Возврат
report-payment-state-awaited = Ожидает оплаты
report-payment-state-paid = Оплачен
report-payment-state-declined = Отклонён
report-payment-state-unwanted = Оплачен сверх счёта
report-payment-state-going = Возвращается
report-payment-state-returned = Возвращён
report-payment-state-failed = Возврат не выполнен
report-payment-method-any = По выбору клиента
report-payment-method-card = Банковская карта
report-payment-method-sbp = СБП
report-payment-provider-yookassa = ЮKassa
report-payment-provider-tbank = Т-Банк
report-payment-decline-insufficient_funds = Недостаточно средств
report-payment-decline-card_expired = Истёк срок карты
report-payment-decline-card_wrong = Неверные данные карты
report-payment-decline-confirmation_failed = Не пройдена проверка 3-D Secure
report-payment-decline-ask_your_bank = Отказ банка
report-payment-decline-bank_away = Банк недоступен
report-payment-decline-limit_exceeded = Превышен лимит
report-payment-decline-method_restricted = Способ оплаты недоступен
report-payment-decline-fraud_suspected = Подозрение на мошенничество
report-payment-decline-identification_required = Нужна идентификация
report-payment-decline-permission_revoked = Карта отвязана
report-payment-decline-expired = Не оплачен вовремя
report-payment-decline-canceled_by_us = Отменён
report-payment-decline-rejected_by_payee = Отклонён получателем
report-payment-decline-account_closed = Счёт закрыт
report-payment-decline-other = Другая причина
