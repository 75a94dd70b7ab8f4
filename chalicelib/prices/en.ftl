# Price lists: refusals.

PriceNotFound = The price list has no such item.
PriceNotActive = The item is archived: it cannot be changed or chosen.
PriceActive = The item is not archived.
PriceNameTaken = The price list already has an item with this name.
PriceListTooLong = The price list has more than { $limit } items, too many for one file.
PriceListBusy = A file is being imported into the price list. Try again when the import is over.
PriceImportNotFound = There is no such import of this price list.
PriceImportNotWorkbook = A price list is imported from an Excel workbook (.xlsx).

# A price list in an Excel workbook.

price-sheet = Price list
price-file = Price list { $entity } { $day }
price-column-code = Code
price-column-name = Name
price-column-unit = Unit
price-column-tariff = Tariff, RUB
price-column-vat = VAT

price-unit-piece = pc
price-unit-hour = hour
price-unit-day = day
price-unit-meter = m
price-unit-square_meter = m²
price-unit-cubic_meter = m³
price-unit-kilogram = kg
price-unit-liter = l
price-unit-kilowatt_hour = kWh
price-unit-gigacalorie = Gcal
price-unit-another = other

price-vat-none = No VAT
price-vat-vat0 = 0%
price-vat-vat5 = 5%
price-vat-vat7 = 7%
price-vat-vat10 = 10%
price-vat-vat20 = 20%
price-vat-vat22 = 22%

price-problem-not_workbook = The file does not open as an Excel workbook.
price-problem-too_large = The file is too large: unpacked it takes more than { $size } MB.
price-problem-no_rows = The file has no items.
price-problem-too_many_rows = The file has more than { $rows } items.
price-problem-column_unknown = A price list has no such column.
price-problem-column_twice = This column appears a second time.
price-problem-column_missing = Columns are missing: “Name”, “Unit”, “Tariff, RUB” and “VAT” are needed.
price-problem-formula = The cell holds a formula. Put its value there instead.
price-problem-missing = The cell is empty.
price-problem-not_text = The cell must hold plain text on one line.
price-problem-too_long = The name is longer than 200 characters.
price-problem-code_unknown = The price list has no item with this code. Leave the code empty for a new item.
price-problem-code_twice = This item appears in the file a second time.
price-problem-name_twice = An item with this name appears in the file a second time.
price-problem-name_taken = Another item of the price list already has this name.
price-problem-unit_unknown = There is no such unit. Known units: { $units }
price-problem-vat_unknown = There is no such VAT rate. Known rates: { $vats }
price-problem-tariff_invalid = The tariff must be a number, such as 1250.00.
price-problem-tariff_negative = The tariff cannot be below zero.
price-problem-tariff_too_fine = The tariff has more than two decimals.
price-problem-tariff_too_large = The tariff is more than a billion roubles.
