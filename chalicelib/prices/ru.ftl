# Прайс-листы: отказы.

PriceNotFound = В прайс-листе нет такой позиции.
PriceNotActive = Позиция в архиве: её нельзя изменить или выбрать.
PriceActive = Позиция не в архиве.
PriceNameTaken = В прайс-листе уже есть позиция с таким наименованием.
PriceListTooLong = В прайс-листе больше { $limit } позиций, они не помещаются в один файл.
PriceListBusy = В прайс-лист загружается файл. Повторите, когда загрузка закончится.
PriceImportNotFound = Такой загрузки прайс-листа нет.
PriceImportNotWorkbook = Прайс-лист загружается из файла Excel (.xlsx).

# Прайс-лист в файле Excel.

price-sheet = Прайс-лист
price-file = Прайс-лист { $entity } { $day }
price-column-code = Код
price-column-name = Наименование
price-column-unit = Единица
price-column-tariff = Тариф, ₽
price-column-vat = НДС

price-unit-piece = шт.
price-unit-hour = ч
price-unit-day = сут.
price-unit-meter = м
price-unit-square_meter = м²
price-unit-cubic_meter = м³
price-unit-kilogram = кг
price-unit-liter = л
price-unit-kilowatt_hour = кВт·ч
price-unit-gigacalorie = Гкал
price-unit-another = усл.

price-vat-none = Без НДС
price-vat-vat0 = 0%
price-vat-vat5 = 5%
price-vat-vat7 = 7%
price-vat-vat10 = 10%
price-vat-vat20 = 20%
price-vat-vat22 = 22%

price-problem-not_workbook = Файл не открывается как таблица Excel.
price-problem-too_large = Файл слишком велик: в распакованном виде он занимает больше { $size } МБ.
price-problem-no_rows = В файле нет ни одной позиции.
price-problem-too_many_rows = В файле больше { $rows } позиций.
price-problem-column_unknown = Такого столбца в прайс-листе нет.
price-problem-column_twice = Этот столбец встречается второй раз.
price-problem-column_missing = Не хватает столбцов: нужны «Наименование», «Единица», «Тариф, ₽» и «НДС».
price-problem-formula = В ячейке формула. Вставьте вместо неё значение.
price-problem-missing = Ячейка не заполнена.
price-problem-not_text = В ячейке должен быть обычный текст в одну строку.
price-problem-too_long = Наименование длиннее 200 символов.
price-problem-code_unknown = Позиции с таким кодом в прайс-листе нет. Для новой позиции оставьте код пустым.
price-problem-code_twice = Эта позиция встречается в файле второй раз.
price-problem-name_twice = Позиция с таким наименованием встречается в файле второй раз.
price-problem-name_taken = Такое наименование уже есть у другой позиции прайс-листа.
price-problem-unit_unknown = Такой единицы измерения нет. Есть: { $units }
price-problem-vat_unknown = Такой ставки НДС нет. Есть: { $vats }
price-problem-tariff_invalid = Тариф должен быть числом, например 1250,00.
price-problem-tariff_negative = Тариф не может быть меньше нуля.
price-problem-tariff_too_fine = В тарифе больше двух знаков после запятой.
price-problem-tariff_too_large = Тариф больше миллиарда рублей.
