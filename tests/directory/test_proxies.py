"""代录: what a secretary enters for a leader waits for the leader's word or a signed paper [B7]."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import make
from tizhi.base.acts.action import ACTIONS, action
from tizhi.base.audit.models import Countersign
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.pipeline.directory import actions, queries
from tizhi.pipeline.scheme.models import Member
from tizhi.pipeline.scheme.who import approver_of_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign():
    """高远's secretary 何静 signs something for him."""

    @action("审签测试件", by=[approver_of_unit], proxy=True)
    def sign_something(actor, member):
        """Sign."""
        return member

    make.bnu()
    sign_something(make.actor("secretary"), Member.objects.get(cluster=make.bnu(), unit__name="安徽师范大学"))
    yield Countersign.objects.select_related("entry").get()
    del ACTIONS[sign_something.code]


def as_(persona):
    return make.signed_in(Client(), persona)


def url(name, *args):
    return reverse(f"directory:{name}", args=args)


def test_it_is_marked_and_waits_for_the_leader(sign):
    assert (sign.state, sign.entry.name) == ("未确认", "何静")
    assert sign.entry.principal_words == "高远（安徽师范大学分管校领导）"
    (todo,) = queries.proxies_waiting_for(make.actor("vice-president"))
    assert todo.verb == "确认代录" and "审签测试件" in todo.title
    assert not [one for one in queries.proxies_waiting_for(make.actor("secretary")) if one.verb == "确认代录"]


def test_the_leader_confirms_with_one_button(sign):
    leader = as_("vice-president")
    text = leader.get(url("proxies")).content.decode()
    assert "审签测试件" in text and "未确认" in text and "确认</button>" in text
    leader.post(url("confirm", sign.pk))
    sign.refresh_from_db()
    assert sign.state == "已确认"
    assert "已确认" in as_("secretary").get(url("proxies")).content.decode()
    assert queries.proxies_waiting_for(make.actor("vice-president")) == []
    with pytest.raises(RuleBroken, match="已经确认"):
        actions.confirm_proxy(make.actor("vice-president"), sign)


def test_the_secretary_files_the_signed_paper_instead(sign):
    secretary = as_("secretary")
    assert "确认</button>" not in secretary.get(url("proxies")).content.decode()
    paper = SimpleUploadedFile("签字件.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    assert secretary.post(url("paper", sign.pk), {"file": paper}).status_code == 302
    sign.refresh_from_db()
    assert sign.state == "签字件" and queries.proxies_waiting_for(make.actor("vice-president")) == []
    assert list(queries.papers_of_proxies(make.actor("vice-president"))) == [{"paper_id": sign.paper_id}]
    assert list(queries.papers_of_proxies(make.actor("secretariat"))) == [{"paper_id": sign.paper_id}]
    assert not queries.papers_of_proxies(make.actor("supported-school"))


@pytest.mark.parametrize("who", ["secretary", "office-head", "secretariat", "administrator"])
def test_nobody_confirms_for_the_leader(sign, who):
    with pytest.raises(Denied):
        actions.confirm_proxy(make.actor(who), sign)


def test_what_does_not_concern_one_is_not_found(sign):
    other = as_("supported-school")
    assert "审签测试件" not in other.get(url("proxies")).content.decode()
    assert other.post(url("confirm", sign.pk)).status_code == 404
    assert other.get(url("paper", sign.pk)).status_code == 404
