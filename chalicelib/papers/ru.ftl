# Договор и акт по счёту: отказы, имена файлов, ошибки шаблонов.

PackageNotFound = Таких документов у счёта нет.
InvoiceNotIssued = Документы можно скачать, когда счёт выставлен или оплачен.
TemplateIsPreset = У услуги нет своего шаблона: документы составляются по общему.

paper-contract = Договор { $number }
paper-act = Акт { $number }
paper-preset-contract = Шаблон договора
paper-preset-act = Шаблон акта
paper-archive = Документы { $number }

paper-problem-broken = Файл не открывается как документ Word (.docx).
paper-problem-too_large = Документ слишком велик: можно не больше { $size } МБ.
paper-problem-macros = В документе есть макросы. Сохраните его без них.
paper-problem-embedded = В документ вставлены объекты других программ. Уберите их.
paper-problem-external = Документ загружает что-то извне, когда его открывают. Уберите внешние связи.
paper-problem-dangerous_field = В документе есть поле Word, которое запускает или загружает другое. Уберите его.
paper-problem-unknown_placeholder = Такого поля нет: { $text }
paper-problem-syntax = Поля записаны с ошибкой: { $text }
paper-problem-forbidden = В шаблоне можно только показывать значения: { $text }
paper-problem-too_slow = Документ по этому шаблону составляется слишком долго.
paper-problem-gone = Шаблон тем временем заменили. Запросите документы ещё раз.
