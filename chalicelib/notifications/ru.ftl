# Уведомления сотрудникам и жителям. У каждого вида заголовок и текст; строка таблицы правил без них не пройдёт тест.

input-ids-or-all = Укажите либо ids, либо all: true.

notice-about = № { $number } «{ $offering_name }» ({ $address })
notice-works = { $timing ->
    [since] {" "}Начало работ: { $works_since }, { $works_since_time }.
    [until] {" "}Окончание работ: { $works_until }, { $works_until_time }.
    [period] {" "}Работы: с { $works_since }, { $works_since_time }, по { $works_until }, { $works_until_time }.
   *[unknown] {""}
}

# Сотрудникам

notice-assigned = Вас назначили ответственным по заявке { notice-about }.
    .title = Заявка № { $number }: новое назначение
notice-named_controller = Вас назначили контролёром по заявке { notice-about }.
    .title = Заявка № { $number }: вы контролёр
notice-quality_control_needed = Необходимо провести контроль качества по заявке { notice-about }.
    .title = Заявка № { $number }: нужен контроль качества
notice-suspension_ending = Приостановка заявки { notice-about } заканчивается { $resume_until } в { $resume_until_time }.
    .title = Заявка № { $number }: дата окончания приостановки
notice-request_created = { $status ->
    [approval] Новая заявка { notice-about }. Требуется согласование.
   *[other] Новая заявка { notice-about }.
}
    .title = Новая заявка № { $number }
notice-request_changed = В заявке { notice-about } изменились исходные данные.
    .title = Заявка № { $number } обновлена
notice-status_changed = { $status ->
    [waiting] Заявка { notice-about } ожидает выполнения.
    [in_progress] { $was ->
        [suspended] Работы по заявке { notice-about } возобновлены.
        [quality_control] Заявка { notice-about } возвращена на доработку после контроля качества.
       *[other] Заявка { notice-about } взята в работу.
    }
    [done] Заявка { notice-about } выполнена.
    [suspended] Заявка { notice-about } приостановлена до { $resume_until }.
    [cancelled] Заявка { notice-about } отменена.
    [reopened] Заявка { notice-about } переоткрыта.
    [approval] { $was ->
        [clarification] По заявке { notice-about } получено уточнение. Требуется согласование.
       *[other] Заявка { notice-about } ожидает согласования.
    }
    [clarification] Заявка { notice-about } требует уточнения.
   *[quality_control] Заявка { notice-about } передана на контроль качества.
}
    .title = Заявка № { $number }: { $status ->
        [waiting] ожидание
        [in_progress] в работе
        [done] выполнено
        [suspended] приостановлено
        [cancelled] отменено
        [reopened] переоткрыто
        [approval] согласование
        [clarification] требует уточнения
       *[quality_control] контроль качества
    }
notice-request_approved = Заявка { notice-about } согласована.
    .title = Заявка № { $number } согласована
notice-request_rated = Клиент оценил заявку { notice-about } на { $points ->
    [one] { $points } балл
    [few] { $points } балла
   *[many] { $points } баллов
}.
    .title = Заявка № { $number }: оценка качества
notice-rating_changed = Клиент изменил оценку заявки { notice-about }: было { $was ->
    [one] { $was } балл
    [few] { $was } балла
   *[many] { $was } баллов
}, стало { $points }.
    .title = Заявка № { $number }: изменение оценки качества
notice-comment_added = { $is_important ->
    [true] Важный комментарий от сотрудника к заявке { notice-about }.
   *[false] Новый комментарий к заявке { notice-about }.
}
    .title = Заявка № { $number }: новый комментарий
notice-chat_message_received = { $reason ->
    [client_changed] Ваше отложенное сообщение по заявке { notice-about } не отправлено: у заявки теперь другой клиент. Отправьте его сами, перенесите или удалите.
   *[other] Новое сообщение от клиента в чате по заявке { notice-about }.
}
    .title = Заявка № { $number }: { $reason ->
        [client_changed] отложенное сообщение не отправлено
       *[other] новое сообщение в чате
    }
notice-payment_received = Поступила оплата по заявке { notice-about }: { $amount }.
    .title = Заявка № { $number }: поступила оплата
notice-money_returned = { $refund_status ->
    [requested] Клиент просит вернуть { $amount } по заявке { notice-about }.
    [completed] По заявке { notice-about } клиенту возвращено { $amount }.
    [failed] Платёжный сервис не выполнил возврат { $amount } по заявке { notice-about }. Проверьте баланс магазина и повторите возврат.
   *[other] Клиент оплатил { $amount } по уже закрытому счёту заявки { notice-about }, и вернуть деньги не удалось. Обратитесь в платёжный сервис.
}
    .title = Заявка № { $number }: { $refund_status ->
        [requested] запрошен возврат
        [completed] возврат выполнен
       *[other] возврат не выполнен
    }
notice-closing_receipt_stuck = Второй чек по предоплате { $amount } заявки { notice-about } не пробит, или о нём ничего не известно. Проверьте кассу: если чека нет, повторите его; если есть, подтвердите.
    .title = Заявка № { $number }: нет второго чека
notice-reconciliation_differed = Сверка платежей за { $day } с магазином { $shop_id } нашла { $differences ->
        [one] { $differences } расхождение
        [few] { $differences } расхождения
       *[many] { $differences } расхождений
    }, из них исправлено: { $settled }.
    .title = Расхождение сверки за { $day }
notice-task_created = { $is_alone ->
    [true] Новая задача «{ $title }». Исполнитель: { $executor }, срок: { $due_at }, { $due_at_time }.
   *[false] Новая задача «{ $title }» по заявке № { $number }. Исполнитель: { $executor }, срок: { $due_at }, { $due_at_time }.
}
    .title = { $is_alone ->
        [true] Новая задача
       *[false] Заявка № { $number }: новая задача
    }
notice-task_deadline_near = { $is_alone ->
    [true] Истекает срок выполнения задачи «{ $title }»: { $due_at }, { $due_at_time }.
   *[false] Истекает срок выполнения задачи «{ $title }» по заявке № { $number }: { $due_at }, { $due_at_time }.
}
    .title = { $is_alone ->
        [true] Истекает срок выполнения задачи
       *[false] Заявка № { $number }: истекает срок выполнения задачи
    }
notice-execution_breached = Нарушен SLA «Время выполнения» по заявке { notice-about }. Срок истёк { $until } в { $until_time }.
    .title = Заявка № { $number } просрочена
notice-execution_deadline_near = Срок выполнения заявки { notice-about } подходит к концу: { $until }, { $until_time }.
    .title = Заявка № { $number }: срок подходит к концу

# Жителям

resident-notice-request_registered = Мы зарегистрировали вашу заявку { notice-about }.
    .title = Заявка № { $number } зарегистрирована
resident-notice-request_started = { $was ->
    [suspended] Мы возобновили работу по вашей заявке { notice-about }.
    [reopened] Мы снова начали работу по вашей заявке { notice-about }.
   *[other] Мы начали работу по вашей заявке { notice-about }.
}
    .title = Заявка № { $number } в работе
resident-notice-request_suspended = Работы по вашей заявке { notice-about } приостановлены до { $resume_until }. Мы продолжим, как только это станет возможно.
    .title = Заявка № { $number } приостановлена
resident-notice-suspension_moved = Срок приостановки вашей заявки { notice-about } изменился: теперь до { $resume_until }.
    .title = Заявка № { $number }: новая дата возобновления
resident-notice-request_cancelled = Ваша заявка { notice-about } отменена. Если у вас есть вопросы, напишите нам.
    .title = Заявка № { $number } отменена
resident-notice-request_reopened = Мы переоткрыли вашу заявку { notice-about } и вернёмся к работе.
    .title = Заявка № { $number } переоткрыта
resident-notice-clarification_asked = По вашей заявке { notice-about } нужно уточнение. Откройте заявку и ответьте нам.
    .title = Заявка № { $number }: нужно уточнение
resident-notice-rating_asked = Ваша заявка { notice-about } выполнена. Пожалуйста, оцените нашу работу.
    .title = Заявка № { $number } выполнена
resident-notice-message_received = Новое сообщение в чате по вашей заявке { notice-about }.
    .title = Заявка № { $number }: новое сообщение
resident-notice-invoice_issued = По заявке { notice-about } выставлен счёт на { $amount }. Оплатите его в приложении.
    .title = Заявка № { $number }: счёт на оплату
resident-notice-invoice_paid = Мы получили вашу оплату { $amount } по заявке { notice-about }. Спасибо!
    .title = Заявка № { $number }: оплата получена
resident-notice-refund_approved = Мы возвращаем вам { $amount } по заявке { notice-about }. Деньги придут туда, откуда вы платили, за 5–10 рабочих дней.
    .title = Заявка № { $number }: возврат подтверждён
resident-notice-refund_rejected = В возврате денег по заявке { notice-about } отказано. Причина: { $rejection }
    .title = Заявка № { $number }: в возврате отказано
resident-notice-refund_completed = Возврат { $amount } по заявке { notice-about } отправлен в ваш банк.
    .title = Заявка № { $number }: возврат выполнен
resident-notice-money_returned = Счёт по заявке { notice-about } уже не ждал оплаты, поэтому мы вернули вам { $amount }.
    .title = Заявка № { $number }: оплата возвращена
resident-notice-incident_announced = { $news ->
    [completed] Работы завершены: { $title }.
    [cancelled] Отменено: { $title }.
   *[opened] { $text }{ notice-works }
}
    .title = { $news ->
    [changed] Изменения: { $title }
   *[opened] { $title }
}
resident-notice-rating_reminded = Вы ещё не оценили выполнение заявки { notice-about }. Ваша оценка помогает нам работать лучше.
    .title = Заявка № { $number }: оцените нашу работу
