# Contract and act of an invoice: refusals, names of files, faults of templates.

PackageNotFound = The invoice has no such documents.
InvoiceNotIssued = Documents can be downloaded once the invoice is issued or paid.
TemplateIsPreset = The service has no template of its own: documents are made from the common one.

paper-contract = Contract { $number }
paper-act = Act { $number }
paper-preset-contract = Contract template
paper-preset-act = Act template
paper-archive = Documents { $number }

paper-problem-broken = The file does not open as a Word document (.docx).
paper-problem-too_large = The document is too large: it can be at most { $size } MB.
paper-problem-macros = The document contains macros. Save it without them.
paper-problem-embedded = Objects of other programs are embedded in the document. Remove them.
paper-problem-external = The document loads something from elsewhere when it is opened. Remove external links.
paper-problem-dangerous_field = The document has a Word field that runs or loads something else. Remove it.
paper-problem-unknown_placeholder = There is no such field: { $text }
paper-problem-syntax = There is a mistake in the fields: { $text }
paper-problem-forbidden = A template may only show values: { $text }
paper-problem-too_slow = It takes too long to make a document from this template.
paper-problem-gone = The template has been replaced in the meantime. Ask for the documents again.
