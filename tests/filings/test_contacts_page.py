"""确认联系人页: the contacts as the directory has them, confirmed by who keeps the people, seen by who reads it."""

from datetime import date

import pytest
from django.urls import reverse

from tests import make
from tizhi.base.kit import clock
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.filings.models import ContactsConfirmation

pytestmark = pytest.mark.django_db
UNIT = "安徽师范大学"


@pytest.fixture
def complete():
    """Every post of the contact list of 安徽师范大学 is held by somebody with a number."""
    make.bnu()
    for name in ("liaison", "office-head"):
        make.persona(name)
    Person.objects.filter(unit__name=UNIT).update(phone="13800000000")


def address(unit: str = UNIT) -> str:
    return reverse("filings:contacts", args=[make.unit(unit).pk])


def page(client, who: str) -> str:
    answer = make.signed_in(client, who).get(address())
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_keeps_the_people_confirms_and_it_is_kept_by_whom(client, complete):
    assert "尚未确认" in page(client, "office-head") and "确认无误" in page(client, "office-head")
    answer = client.post(address())
    assert (answer.status_code, answer.url) == (302, address())
    confirmed = ContactsConfirmation.objects.get()
    assert "周岚" in confirmed.words
    assert {"孙涛", "周岚"} == {one["name"] for one in confirmed.held}
    told = page(client, "office-head")
    assert "已确认" in told and "周岚" in told and "再次确认" in told


def test_it_can_be_confirmed_again_after_a_change(client, complete):
    browser = make.signed_in(client, "liaison")
    browser.post(address())
    browser.post(address())
    assert ContactsConfirmation.objects.count() == 2


def test_a_new_period_asks_anew(client, complete):
    make.signed_in(client, "liaison").post(address())
    with clock.at(date(2028, 1, 10)):
        assert "尚未确认" in page(client, "liaison")


def test_an_empty_post_or_nobody_reachable_is_named_and_not_confirmed(client, complete):
    Person.objects.filter(name="孙涛").update(phone="", email="")
    told = page(client, "office-head")
    assert "孙涛没有登记手机或邮箱" in told and "确认无误" not in told
    answer = client.post(address())
    assert answer.status_code == 422
    assert "孙涛没有登记手机或邮箱" in answer.content.decode()
    assert not ContactsConfirmation.objects.exists()


def test_no_number_and_no_mail_stands_on_the_page(client, complete):
    assert "13800000000" not in page(client, "department")


@pytest.mark.parametrize("who", ["secretariat", "pair-office", "vice-president", "department"])
def test_who_reads_the_unit_sees_it_and_cannot_confirm(client, complete, who):
    assert "确认无误" not in page(client, who)
    assert client.post(address()).status_code == 403
    assert not ContactsConfirmation.objects.exists()


@pytest.mark.parametrize("who", ["supported-school", "expert", "ministry", "administrator", "outsider"])
def test_for_others_there_is_no_such_page(client, complete, who):
    browser = make.signed_in(client, who)
    assert browser.get(address()).status_code == browser.post(address()).status_code == 404


def test_a_unit_that_owes_no_contacts_has_no_page(client, complete):
    assert make.signed_in(client, "secretariat").get(address("教育部")).status_code == 404
