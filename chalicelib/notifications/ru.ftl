# Уведомления сотрудникам и жителям. У каждого вида заголовок и текст; строка таблицы правил без них не пройдёт тест.

input-ids-or-all = Укажите либо ids, либо all: true.

notice-about = № { $number } «{ $offering_name }», { $address }

# Сотрудникам

notice-assigned = Вас назначили ответственным по заявке { notice-about }.
    .title = Заявка № { $number }: новое назначение
notice-named_controller = Вас назначили контролером по заявке { notice-about }.
    .title = Заявка № { $number }: вы контролер
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
notice-request_rated = Житель оценил заявку { notice-about } на { $points ->
    [one] { $points } балл
    [few] { $points } балла
   *[many] { $points } баллов
}.
    .title = Заявка № { $number }: оценка качества
notice-rating_changed = Житель изменил оценку заявки { notice-about }: было { $was ->
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
resident-notice-rating_reminded = Вы ещё не оценили выполнение заявки { notice-about }. Ваша оценка помогает нам работать лучше.
    .title = Заявка № { $number }: оцените нашу работу
