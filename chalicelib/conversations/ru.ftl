# Переписка с клиентом: отказы.

input-message-empty = Напишите текст или приложите файл.

MessageNotFound = Сообщение не найдено или удалено.
NotYourMessage = Изменить или удалить сообщение может только его автор.
MessageTooOld = Сообщение можно изменить или удалить в течение { $minutes ->
    [one] { $minutes } минуты
   *[other] { $minutes } минут
} после отправки.
NobodyToWriteTo = У клиента этой заявки нет личного кабинета: сообщение некому прочитать.
TooManyMessages = Слишком много сообщений подряд. Подождите немного и попробуйте снова.
DeferredMessageNotFound = Отложенное сообщение не найдено.
DeferredMessageOver = { $state ->
    [sent] Отложенное сообщение уже отправлено.
   *[other] Отложенное сообщение удалено.
}
SendingTimePast = Время отправки должно быть в будущем.
SendingTimeTooFar = Отложить сообщение можно не больше чем на { $days ->
    [one] { $days } день.
    [few] { $days } дня.
   *[other] { $days } дней.
}
ReplyTemplateNotFound = Шаблон ответа не найден.
PlaceholderUnknown = Неизвестно, чем заменить в шаблоне {"{"}{ $placeholder }{"}"}.
TooManyReplyTemplates = Шаблонов ответов не может быть больше { $limit }.
ChangesUnknown = Переписка не дошла до этой версии. Прочитайте её заново.
