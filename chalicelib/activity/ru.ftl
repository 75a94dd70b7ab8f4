# Активность клиента: предложение на каждый вид. Без лица и рода: клиент бывает женщиной, а бывает и компанией.

activity-about = № { $number } «{ $offering_name }»
activity-home = { $home ->
    [known] { $address }, пом. { $premises_number }
   *[other] помещения больше нет
}
activity-right = { $right ->
    [owner] собственник
    [tenant] арендатор
    [family] член семьи
   *[other] на другом основании
}

activity-request_created = { $actor ->
    [staff] Создана заявка { activity-about }, оформлена сотрудником: { $author }
    [partner] Создана заявка { activity-about }, оформлена партнёром
   *[other] Создана заявка { activity-about }
}
activity-request_cancelled = Отменена заявка { activity-about }
activity-request_reopened = Переоткрыта заявка { activity-about }
activity-clarification_given = Дан ответ на уточнение по заявке { activity-about }
activity-request_rated = Оценена заявка { activity-about }: { $points ->
    [one] { $points } балл
    [few] { $points } балла
   *[many] { $points } баллов
}
activity-rating_changed = Изменена оценка заявки { activity-about }: было { $was ->
    [one] { $was } балл
    [few] { $was } балла
   *[many] { $was } баллов
}, стало { $points }
activity-message_sent = Написано сообщение в чат по заявке { activity-about }
activity-invoice_paid = Оплачен счёт по заявке { activity-about }: { $amount }
activity-refund_asked = Запрошен возврат { $amount } по заявке { activity-about }
activity-client_added = { $actor ->
    [staff] Клиент добавлен сотрудником: { $author }
   *[other] Клиент добавлен
}
activity-home_given = Клиент привязан к помещению ({ activity-home }): { activity-right }
activity-home_changed = Изменено право на помещение ({ activity-home }): теперь { activity-right }
activity-home_ended = Клиент отвязан от помещения ({ activity-home })
activity-signed_in = { $client ->
    [site] Вход в личный кабинет на сайте
   *[other] Вход в приложение жителя
}
activity-called = { $length ->
    [known] Звонок в управляющую компанию, разговор { $talk }
   *[other] Звонок в управляющую компанию
}
activity-call_missed = Звонок в управляющую компанию, на который не ответили
