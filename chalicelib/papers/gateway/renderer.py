"""The program that runs in the sandbox. It stands alone: it knows nothing of the house and holds no secrets.

Whatever a template asks for beyond values is refused twice: the language it is written in has no functions,
no filters but a few and no attributes of anything, and the process has no environment, no right to write a
file, and an end.
"""

import base64
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

FILTERS = ('capitalize', 'default', 'join', 'length', 'lower', 'trim', 'upper')
MOST_TOLD = 200
EPOCH = (1980, 1, 1, 0, 0, 0)
Problems = list[dict[str, str]]


class Wrong(Exception):
    """What is wrong with the template."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(problems)
        self.problems = problems


def problem(code: str, text: object = '') -> dict[str, str]:
    """One thing that is wrong."""
    return {'code': code, 'text': ' '.join(str(text).split())[:MOST_TOLD]}


def language() -> Any:
    """The language of templates: values, conditions and loops."""
    from jinja2 import StrictUndefined
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Language(ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset({'*', '**', '%', '+', '//', '/', '-'})

        def is_safe_callable(self, obj: Any) -> bool:
            return False

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            return type(obj).__name__ in ('LoopContext', 'dict') and not attr.startswith('_')

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            # `'a' * 20000000` is a text of twenty megabytes: only numbers are reckoned with.
            if not all(type(one) in (int, float) for one in (left, right)) or operator == '**':
                raise SecurityError(f'{operator} is for numbers only')
            return super().call_binop(context, operator, left, right)

    made = Language(autoescape=True, undefined=StrictUndefined)
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in FILTERS}
    return made


def sources(template: Any) -> Iterator[str]:
    """Every text of the document that is a template."""
    yield template.patch_xml(template.get_xml())
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            yield template.patch_xml(template.get_part_xml(part))


def unknown(tree: Any, fields: dict[str, Any]) -> list[str]:
    """The placeholders that are no fields, in order."""
    from jinja2 import nodes

    known = {**assigned(tree, fields), **fields}
    found = [name.name for name in tree.find_all(nodes.Name) if name.name not in known]
    for asked in tree.find_all((nodes.Getattr, nodes.Getitem)):
        key = asked.attr if isinstance(asked, nodes.Getattr) else getattr(asked.arg, 'value', None)
        of = known.get(getattr(asked.node, 'name', ''))
        if isinstance(of, dict) and isinstance(key, str) and key not in of:
            found.append(f'{asked.node.name}.{key}')
    return list(dict.fromkeys(found))


def assigned(tree: Any, fields: dict[str, Any]) -> dict[str, Any]:
    """The names that the template gives itself; what a loop goes over is known by its first entry."""
    from jinja2 import nodes

    known: dict[str, Any] = {}
    for loop in tree.find_all(nodes.For):
        entries = fields.get(getattr(loop.iter, 'name', ''))
        known[getattr(loop.target, 'name', '')] = entries[0] if isinstance(entries, list) else None
        known['loop'] = None
    for each in tree.find_all(nodes.Name):
        if each.ctx == 'store':
            known.setdefault(each.name, None)
    return known


def rendered(body: bytes, fields: dict[str, Any], *, is_trial: bool) -> bytes:
    """The document that the template makes of the fields. Raises Wrong."""
    from docxtpl import DocxTemplate
    from jinja2 import TemplateSyntaxError, UndefinedError
    from jinja2.exceptions import SecurityError

    jinja, filled = language(), BytesIO()
    try:
        template = DocxTemplate(BytesIO(body))
        template.render_init()
        if is_trial:
            strange = [name for text in sources(template) for name in unknown(jinja.parse(text), fields)]
            if strange:
                raise Wrong([problem('unknown_placeholder', name) for name in dict.fromkeys(strange)])
        template.render(fields, jinja, autoescape=True)
        template.save(filled)
    except TemplateSyntaxError as error:
        raise Wrong([problem('syntax', around(error))]) from error
    except UndefinedError as error:
        raise Wrong([problem('unknown_placeholder', error.message)]) from error
    except SecurityError as error:
        raise Wrong([problem('forbidden', error.message)]) from error
    except MemoryError as error:
        raise Wrong([problem('too_large')]) from error
    return settled(filled.getvalue())


def around(error: Any) -> str:
    """The words of the document around the place: what the parser says of XML helps nobody."""
    lines = getattr(error, 'docx_context', None)
    if lines is None:
        source = (error.source or '').splitlines()
        place = min(max(error.lineno - 1, 0), max(len(source) - 1, 0))
        lines = [re.sub(r'<[^>]+>', ' ', line) for line in source[place : place + 1]]
        found = re.search(r'\{[{%].{0,160}', ' '.join(lines), re.DOTALL)
        return found[0] if found else ' '.join(lines)
    return ' '.join(lines)


def settled(document: bytes) -> bytes:
    """The same document without the time of its making: the same template and fields make the same bytes."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(document)) as old, zipfile.ZipFile(written, 'w') as new:
        for entry in old.infolist():
            part = zipfile.ZipInfo(entry.filename, EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(entry))
    return written.getvalue()


def confine(limits: dict[str, Any]) -> None:
    """From here on the process has so much time and memory, and writes no file and starts no process."""
    for kind, most in (
        (resource.RLIMIT_CPU, limits['seconds']),
        (resource.RLIMIT_AS, limits['memory']),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(kind, (most, most))


def main() -> None:
    """What is asked on standard input is answered on standard output, in JSON."""
    limits = json.loads(sys.argv[1])
    sys.path[:] = limits['path']
    asked = json.load(sys.stdin)
    confine(limits)
    try:
        body = base64.b64decode(asked['template'])
        document = rendered(body, asked['fields'], is_trial=asked['is_trial'])
        if len(document) > limits['bytes']:
            raise Wrong([problem('too_large')])
        answer: dict[str, Any] = {'problems': [], 'document': base64.b64encode(document).decode()}
    except Wrong as wrong:
        answer = {'problems': wrong.problems, 'document': ''}
    json.dump(answer, sys.stdout)


if __name__ == '__main__':
    main()
