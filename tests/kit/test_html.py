"""Who gets a page, what is filled in on one, and what stands around it."""

import pytest

from chalicelib.kit import html
from chalicelib.kit.operations import Raw
from chalicelib.kit.values import Value


class Wish(Value):
    """What somebody wishes."""

    colour: str = 'red'
    size: int = 1


def raw(body):
    return Raw(body=body, headers={}, source_ip='')


@pytest.mark.parametrize(
    ('accept', 'is_wanted'),
    [
        ('text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', True),
        ('text/html', True),
        ('application/json', False),
        ('application/json, text/html;q=0.5', False),
        ('*/*', False),
        ('', False),
    ],
)
def test_browsers_get_a_page_and_programs_do_not(accept, is_wanted):
    assert html.is_wanted(accept) is is_wanted


def test_what_is_filled_in_is_read_and_an_empty_field_is_none():
    assert html.form_of(raw(b'colour=%D1%81%D0%B8%D0%BD%D0%B8%D0%B9&size='), Wish) == Wish(colour='синий')
    assert html.form_of(raw(b'size=3'), Wish) == Wish(size=3)
    assert html.form_of(raw(b''), Wish) == Wish()


@pytest.mark.parametrize(
    'body', [b'size=many', b'shape=round', b'\xff\xfe', b'&'.join([b'size=1'] * 21), b'colour=%ff&size=x']
)
def test_what_does_not_fit_is_refused(body):
    with pytest.raises(html.FormUnfit):
        html.form_of(raw(body), Wish)


def test_a_page_allows_its_own_style_and_nothing_else(tmp_path):
    template = tmp_path / 'page.html'
    words = '{{ word }} {{ say("status-404") }} {{ counted(2.5) }}'
    template.write_text(f'<style>p {{ color: red }}</style><p>{words}</p>')
    page = html.served(template, 'ru', 404, word='<b>')
    assert page.status_code == 404
    assert page.body.endswith('<p>&lt;b&gt; Не найдено 2,5</p>')
    policy = page.headers['Content-Security-Policy']
    assert 'script-src' not in policy and policy.startswith("default-src 'none'; style-src 'sha256-")
    template = tmp_path / 'bare.html'
    template.write_text('<p></p>')
    assert "style-src 'none'" in html.served(template, 'en', 200).headers['Content-Security-Policy']
