"""The page of an invoice in a browser: it asks nothing from elsewhere, tells nobody its address, leads on."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from tests.billing.street import BROWSER
from tests.billing.till import EMAIL

UNKNOWN = 'a' * 26


class Tags(HTMLParser):
    """The tags of a page, and those that were closed."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ('meta', 'link', 'input', 'br', '!doctype'):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def named(self, name):
        return [attrs for tag, attrs in self.tags if tag == name]


def page(answer, status=200):
    assert (answer.status_code, answer.headers['Content-Type']) == (status, 'text/html; charset=utf-8')
    text = answer.body.decode()
    tags = Tags(text)
    assert tags.open == []
    assert tags.named('script') == []
    is_safe(answer, text, tags)
    return text, tags


def is_safe(answer, text, tags):
    policy = answer.headers['Content-Security-Policy']
    [style] = re.findall(r'<style>(.*?)</style>', text, re.DOTALL)
    assert f"style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in policy
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert answer.headers['Referrer-Policy'] == 'no-referrer'
    assert answer.headers['Cache-Control'] == 'no-store'
    assert 'noindex' in answer.headers['X-Robots-Tag']
    for tag, attrs in tags.tags:
        assert not {name for name in attrs if name.startswith('on') or name == 'style'}, tag
        assert not re.match(r'https?:(?!//pay\.example/i/)', attrs.get('href', '') or attrs.get('src', ''))
    assert {'name': 'robots', 'content': 'noindex, nofollow'} in tags.named('meta')


@pytest.mark.proves('SMS-009')
def test_a_browser_gets_a_page_at_both_addresses_and_a_program_json(street):
    link = street.link(street.issued())
    short, _ = page(street.opens(link))
    long, _ = page(street.sees(link, accept=BROWSER))
    assert short == long
    answer = street.sees(link, accept='application/json')
    assert (answer.headers['Content-Type'], answer.headers['Vary']) == ('application/json', 'Accept')
    assert answer.headers['Cache-Control'] == 'no-store'
    assert street.sees(link, accept='*/*').headers['Content-Type'] == 'application/json'


def test_the_page_shows_what_is_to_be_paid_and_leads_to_the_provider(street):
    invoice_id = street.issued(quantity='2.5', discount='10')
    link = street.link(invoice_id)
    text, tags = page(street.opens(link))
    for words in (
        'Счёт по заявке № 1', '2\xa0812,50\xa0₽', '2,5\xa0шт. × 1\xa0250,00\xa0₽', 'скидка\xa010\xa0%',
        'УК «Домовой»', 'ИНН', 'Замена крана', 'Кран',
    ):  # fmt: skip
        assert words in text, words
    [form] = tags.named('form')
    assert form['action'] == f'https://pay.example/i/{link}/pay'
    assert form['method'] == 'post'
    answer = street.submits(link, f'method=sbp&email={EMAIL.replace("@", "%40")}'.encode())
    assert (answer.status_code, answer.body) == (303, b'')
    [payment] = street.till.ledger(1).payments
    assert answer.headers['Location'] == payment.confirmation_url
    assert (payment.method, payment.email) == ('sbp', EMAIL)


def test_the_page_that_one_comes_back_to_looks_again_until_it_is_paid(street):
    invoice_id = street.issued()
    link = street.link(invoice_id)
    _, tags = page(street.opens(link, '/back'))
    assert not [meta for meta in tags.named('meta') if meta.get('http-equiv') == 'refresh']
    street.submits(link)
    text, tags = page(street.opens(link, '/back'))
    assert [meta for meta in tags.named('meta') if meta.get('http-equiv') == 'refresh']
    assert 'обновится сама' in text
    assert tags.named('form') == []  # what is filled in would be lost at the next look
    assert [one['href'] for one in tags.named('a')] == [f'https://pay.example/i/{link}']
    text, tags = page(street.opens(link))
    assert not [meta for meta in tags.named('meta') if meta.get('http-equiv') == 'refresh']
    assert 'уже начата' in text
    street.noticed(invoice_id)
    text, tags = page(street.opens(link, '/back'))
    assert '✓ Оплачено' in text
    assert tags.named('form') == []
    assert not [meta for meta in tags.named('meta') if meta.get('http-equiv') == 'refresh']


def test_a_dead_link_says_so_and_nothing_more(street):
    invoice_id = street.issued()
    link = street.link(invoice_id)
    street.moves(invoice_id, 'withdraw')
    text, tags = page(street.opens(link))
    assert 'Счёт отозван' in text
    assert 'Кран' not in text and tags.named('form') == []
    for _ in range(2):
        answer = street.submits(link)
        assert (answer.status_code, answer.headers['Location']) == (303, f'https://pay.example/i/{link}')


def test_who_submits_what_is_paid_already_is_shown_that_it_is(street):
    link = street.paid(street.issued())
    answer = street.submits(link)
    assert (answer.status_code, answer.headers['Location']) == (303, f'https://pay.example/i/{link}')


@pytest.mark.parametrize(('language', 'words'), [('ru', 'Такой ссылки нет'), ('en', 'There is no such link')])
def test_what_is_no_link_has_a_page_that_says_so(street, language, words):
    for answer in (street.opens(UNKNOWN, accept_language=language), street.opens('nothing', '/back')):
        _, tags = page(answer, 404)
        assert tags.named('a') == []
    assert words in street.opens(UNKNOWN, accept_language=language).body.decode()


def test_the_page_speaks_the_language_of_the_browser(street):
    link = street.link(street.issued(discount='12.5'))
    text, _ = page(street.opens(link, accept_language='en-GB,en;q=0.9,ru;q=0.5'))
    for words in (
        '<html lang="en">', 'Invoice for request No. 1', 'RUB\xa01,093.75', '12.5%\xa0off', 'How would',
    ):  # fmt: skip
        assert words in text, words


def test_what_is_filled_in_wrong_is_said_on_a_page_that_leads_back(street):
    link = street.link(street.issued())
    for form in (b'method=card&email=x', b'method=cash', b'what=ever', b'\xff', b'&'.join([b'a=b'] * 30)):
        _, tags = page(street.submits(link, form), 400)
        assert [one['href'] for one in tags.named('a')] == [f'https://pay.example/i/{link}']
    assert street.till.ledger(1).payments == ()


def test_a_provider_that_is_away_is_said_on_a_page_that_leads_back(street):
    link = street.link(street.issued())
    street.till.sandbox.wish(fail={'how': '500', 'method': 'POST', 'path': '/payments'})
    answer = street.submits(link)
    text, _ = page(answer, 503)
    assert 'дважды деньги не спишутся' in text
    assert answer.headers['Retry-After'] == '5'


def test_who_comes_too_often_is_told_on_a_page(street):
    link = street.link(street.issued())
    for _ in range(121):
        answer = street.opens(link)
    text, _ = page(answer, 429)
    assert 'Слишком много обращений' in text


def test_what_others_have_written_is_shown_and_never_obeyed(street):
    evil = '<script>alert(1)</script>"\''
    street.shop.tap = street.renamed(evil)
    link = street.link(street.issued())
    text, _ = page(street.opens(link))
    assert '&lt;script&gt;' in text


@pytest.mark.proves('SMS-011')
def test_the_page_says_what_went_back(street):
    link = street.paid(street.issued())
    street.till.refunds(1)
    street.till.follows(1, 'RefundApproved')
    text, tags = page(street.opens(link))
    assert 'Осуществлён возврат' in text and 'Возвращено 1\xa0250,00\xa0₽' in text
    assert tags.named('form') == []
