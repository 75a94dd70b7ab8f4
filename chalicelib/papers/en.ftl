# Contract and act of an invoice: refusals, names of files, faults of templates.

PackageNotFound = The invoice has no such papers.
InvoiceNotIssued = Papers can be saved once the invoice is issued or paid.
TemplateIsPreset = The offering has no template of its own: papers are written by the common one.

paper-contract = Contract { $number }
paper-act = Act { $number }
paper-preset-contract = Contract template
paper-preset-act = Act template
paper-archive = Papers { $number }

paper-problem-broken = The file does not open as a Word document (.docx).
paper-problem-too_large = The document is too large: { $size } MB are the most.
paper-problem-macros = The document has macros. Save it without them.
paper-problem-embedded = Objects of other programs are embedded in the document. Remove them.
paper-problem-external = The document fetches something from elsewhere when it is opened. Remove external links.
paper-problem-dangerous_field = The document has a Word field that runs or fetches something else. Remove it.
paper-problem-unknown_placeholder = There is no such field: { $text }
paper-problem-syntax = The fields are written wrongly: { $text }
paper-problem-forbidden = A template may only show values: { $text }
paper-problem-too_slow = It takes too long to write a document by this template.
paper-problem-gone = The template was replaced meanwhile. Ask for the papers again.
