# Каталог услуг: отказы и подсказки к форме заказа.

OfferingNotFound = Услуга не найдена.
CategoryNotFound = Категория не найдена.
OfferingNotActive = Услуга в архиве: её нельзя изменить или заказать.
CategoryNotActive = Категория в архиве: её нельзя изменить или выбрать.
AutomaticInvoiceInvalid = Автоматический счёт возможен у платной услуги с юридическим лицом; количество берётся из числового поля формы, а условие — из поля с выбором.
OfferingReferenceUnknown = Выбранное значение не найдено. Обновите список и выберите снова.

FormInvalid = { $count ->
    [one] Форма заказа: { $count } поле заполнено неверно.
    [few] Форма заказа: { $count } поля заполнены неверно.
   *[other] Форма заказа: { $count } полей заполнено неверно.
}
FormFieldMissing = Заполните поле «{ $label }».
FormFieldUnknown = В форме этой услуги нет поля «{ $code }».
FormFieldNotText = Нужен текст не длиннее { $most ->
    [one] { $most } символа.
   *[other] { $most } символов.
}
FormFieldNotNumber = Нужно число.
FormFieldTooSmall = Не меньше { $least }.
FormFieldTooLarge = Не больше { $most }.
FormFieldNotOffered = Выберите одно из значений: { $choices }.
FormFieldNotDate = Нужна дата в виде ГГГГ-ММ-ДД.
FormFieldNotFile = Нужен загруженный файл.

input-duration-invalid = Укажите срок в днях, часах и минутах, например P1DT4H30M.
input-duration-out-of-range = Срок — от одной минуты до 365 дней.
input-choices-misplaced = Варианты ответа нужны полю с выбором, и только ему.
input-choices-repeated = Варианты ответа повторяются.
input-bounds-misplaced = Границы задаются только числовому полю.
input-bounds-crossed = Наименьшее значение больше наибольшего.
input-field-codes-repeated = Коды полей формы повторяются.
input-file-fields-too-many = Форма просит не больше 15 файлов.
input-buildings-repeated = Объекты повторяются.
