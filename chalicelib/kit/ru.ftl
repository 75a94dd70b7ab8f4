# Что говорит дом, когда не может сделать то, о чём просят.

status-400 = Неверный запрос
status-401 = Требуется вход
status-403 = Недостаточно прав
status-404 = Не найдено
status-409 = Конфликт
status-412 = Версия устарела
status-413 = Слишком большой запрос
status-415 = Неподдерживаемый формат
status-422 = Отклонено
status-429 = Слишком часто
status-500 = Внутренняя ошибка
status-503 = Временно недоступно

InternalError = Что-то сломалось у нас. Мы уже знаем об этом; попробуйте позже.
NotDecent = { $count ->
    [one] В запросе { $count } ошибочное поле.
    [few] В запросе { $count } ошибочных поля.
   *[other] В запросе { $count } ошибочных полей.
}
PermissionMissing = Нужно право «{ $permission }».
StaleVersion = Запись уже изменилась. Обновите её и повторите.
ChangedMeanwhile = Кто-то изменил запись раньше. Обновите её и повторите.
CursorInvalid = Указатель страницы недействителен. Начните список сначала.
BodyTooLarge = Запрос больше { $limit } байт.
MediaTypeUnsupported = Принимается только application/json.
FormUnfit = Проверьте, верно ли заполнены поля, и отправьте ещё раз.
IdempotencyKeyReused = Этот Idempotency-Key уже использован с другим содержимым.
IdempotencyKeyInvalid = Idempotency-Key: от 1 до 255 печатных символов.
IfMatchInvalid = If-Match: номер версии из заголовка ETag.
TokenMissing = Войдите, чтобы продолжить.
TokenForAnotherDoor = Этот вход не для вашей роли.
Contended = Слишком много изменений одновременно. Повторите через несколько секунд.
SealBroken = Сохранённый секрет больше нельзя прочитать. Задайте его заново.
SealsAway = Хранилище ключей не отвечает. Повторите через несколько секунд.
BusAway = Система не успела передать событие. Повторите через несколько секунд.

# Через сколько можно повторить: в словах отказов.

wait = { $wait_unit ->
    [hours] { $wait ->
        [one] { $wait } час
        [few] { $wait } часа
       *[other] { $wait } часов
    }
    [minutes] { $wait ->
        [one] { $wait } минуту
        [few] { $wait } минуты
       *[other] { $wait } минут
    }
   *[seconds] { $wait ->
        [one] { $wait } секунду
        [few] { $wait } секунды
       *[other] { $wait } секунд
    }
}

input-invalid = Неверное значение.
input-missing = Обязательное поле.
input-extra-forbidden = Неизвестное поле.
input-json-invalid = Это не JSON.
input-string-type = Нужна строка.
input-int-type = Нужно целое число.
input-int-parsing = Нужно целое число.
input-int-from-float = Нужно целое число.
input-bool-type = Нужно true или false.
input-bool-parsing = Нужно true или false.
input-list-type = Нужен список.
input-tuple-type = Нужен список.
input-set-type = Нужен список.
input-frozen-set-type = Нужен список.
input-enum = Допустимо: { $expected }.
input-literal-error = Допустимо: { $expected }.
input-string-too-short = { $min_length ->
    [one] Не короче { $min_length } символа.
   *[other] Не короче { $min_length } символов.
}
input-string-too-long = { $max_length ->
    [one] Не длиннее { $max_length } символа.
   *[other] Не длиннее { $max_length } символов.
}
input-string-pattern-mismatch = Не соответствует формату.
input-too-long = { $max_length ->
    [one] Не больше { $max_length } элемента.
   *[other] Не больше { $max_length } элементов.
}
input-too-short = { $min_length ->
    [one] Не меньше { $min_length } элемента.
   *[other] Не меньше { $min_length } элементов.
}
input-greater-than = Должно быть больше { $gt }.
input-greater-than-equal = Не меньше { $ge }.
input-less-than = Должно быть меньше { $lt }.
input-less-than-equal = Не больше { $le }.
input-control-character = Управляющие символы недопустимы.
input-timezone-missing = Укажите часовой пояс, например 2026-11-23T09:00:00Z.
input-year-out-of-range = Год вне допустимого диапазона.
input-phone-invalid = Неверный номер телефона. Пример верного: +79161234567.
input-quantity-invalid = Укажите количество больше нуля, не более трёх знаков после запятой, например 1.5.
input-percent-invalid = Укажите процент от 0 до 100, не более двух знаков после запятой.
input-email-invalid = Неверный адрес электронной почты.
input-datetime-parsing = Нужны дата и время по RFC 3339.
input-datetime-from-date-parsing = Нужны дата и время по RFC 3339.
input-datetime-type = Нужны дата и время по RFC 3339.
input-date-parsing = Нужна дата ГГГГ-ММ-ДД.
input-date-from-datetime-parsing = Нужна дата ГГГГ-ММ-ДД.
input-model-type = Нужен объект.
input-dict-type = Нужен объект.
