# Задачи и чек-листы: почему нельзя.

input-overdue-and-over = Просроченными бывают только открытые задачи.

TaskNotFound = Задача не найдена.
TaskOver = { $state ->
    [done] Задача уже выполнена.
   *[cancelled] Задача отменена.
}
ExecutorUnknown = Такого сотрудника нет, или он больше не работает в организации.
DueTimePast = Срок задачи должен быть в будущем.
input-template-or-items = Укажите либо шаблон, либо название и пункты чек-листа.
ChecklistNotFound = Чек-лист или его пункт не найден.
TooManyChecklists = У заявки не может быть больше { $limit } чек-листов.
ChecklistTemplateNotFound = Шаблон чек-листа не найден.
TooManyChecklistTemplates = Шаблонов чек-листов не может быть больше { $limit }.
