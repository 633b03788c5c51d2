"""通知: somebody sees the bell, opens what is new, and lands where it is done."""

import re

import pytest
from playwright.sync_api import expect

from tests import make
from tizhi.base.notices.models import Notice
from tizhi.base.notices.telling import Message, Recipient, tell
from tizhi.pipeline.directory.models import Person

from .conftest import WIDTHS, looks_right

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


def remind():
    """Two reminders for the liaison: a brief that came back, and the list of contacts."""
    sun = Person.objects.get(user=make.persona("liaison"))
    draft, cluster = make.activity(state="returned"), make.bnu().pk
    tell(
        (message, Recipient(sun.pk, sun.name, sun.user_id, post_words="主要工作人员"))
        for message in (
            Message("a:", "reminder", "确认联系人名单，还有9天", "请核对后确认。", "directory:list", (), cluster),
            Message(
                "b:", "reminder", f"修改退回的动态“{draft.title}”，还有2天", "", "activities:show", (draft.pk,), cluster
            ),
        )
    )
    return draft


@pytest.mark.parametrize("width", WIDTHS)
def test_the_bell_leads_to_what_is_to_be_done(open_page, width):
    make.persona("liaison")
    draft = remind()
    page = open_page(make.persona("liaison"), width)
    page.goto("/")
    looks_right(page)

    # By keyboard: the bell is a link whose name says how many.
    bell = page.get_by_role("link", name=re.compile("^通知，"))
    expect(bell).to_have_accessible_name("通知，2条未读")
    bell.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="通知", exact=True)).to_be_visible()
    looks_right(page)

    page.get_by_role("link", name=re.compile("^修改退回的动态")).click()
    expect(page.get_by_role("heading", name=draft.title)).to_be_visible()
    expect(bell).to_have_accessible_name("通知，1条未读")
    assert Notice.objects.filter(read_at=None).count() == 1

    bell.click()
    page.get_by_role("link", name=re.compile("^未读")).click()
    expect(page.get_by_text("确认联系人名单，还有9天")).to_be_visible()
    expect(page.get_by_text("修改退回的动态")).to_have_count(0)
    page.get_by_role("button", name="全部记为已读").click()
    expect(bell).to_have_accessible_name("通知，没有未读")
    looks_right(page)
