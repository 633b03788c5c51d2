"""Everybody's own calendar: what each post sees, in a file that calendars of phones and offices read."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from tests import make
from tizhi.base.accounts.models import User
from tizhi.base.kit import clock
from tizhi.pipeline.activities.leaders import Leader
from tizhi.pipeline.agenda import actions, feeds
from tizhi.pipeline.agenda.models import Feed, PlannedItem
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.scheme.models import Member, Post

from .planned import plan

pytestmark = pytest.mark.django_db

SECRET = "a-secret"


def _open(who: str, secret: str = SECRET) -> str:
    """The address of that persona's calendar."""
    user = make.persona(who)
    actions.open_feed(make.actor(who), Person.objects.get(user=user), secret=secret)
    return reverse("agenda:calendar", args=[secret])


def _events(client, address: str) -> dict[str, object]:
    """The events by their summary."""
    calendar = Calendar.from_ical(client.get(address).content)
    return {str(one["summary"]): one for one in calendar.walk("VEVENT")}


def _plans(client, address: str) -> set[str]:
    return {name for name, one in _events(client, address).items() if str(one["uid"]).startswith("plan-")}


def test_an_item_is_there_in_whole_days_without_signing_in(client):
    plan(place="安徽省阜阳市", leaders=[Leader("李四", "专家")], about="请准备材料")
    event = _events(client, _open("liaison"))["校领导实地调研阜阳师范大学"]
    assert event["dtstart"].dt == date(2026, 12, 9)
    assert event["dtend"].dt == date(2026, 12, 11), "the end is the day after the last"
    assert str(event["location"]) == "安徽省阜阳市"
    for said in ("负责单位：安徽师范大学", "参加单位：阜阳师范大学", "李四 专家", "请准备材料"):
        assert said in str(event["description"])
    assert (str(event["status"]), event["sequence"], str(event["transp"])) == ("CONFIRMED", 0, "TRANSPARENT")


def test_a_leap_day_and_the_turn_of_a_year_end_on_the_next_day(client):
    plan("闰日", first_day=date(2028, 2, 29), last_day=None)
    plan("跨年", first_day=date(2026, 12, 30), last_day=date(2026, 12, 31))
    events = _events(client, _open("liaison"))
    assert events["闰日"]["dtend"].dt == date(2028, 3, 1)
    assert events["跨年"]["dtend"].dt == date(2027, 1, 1)


def test_a_move_and_a_giving_up_reach_the_calendar_as_the_same_event(client):
    planned, address = plan(), _open("liaison")
    before = _events(client, address)["校领导实地调研阜阳师范大学"]
    actions.move_item(make.actor("liaison"), planned, first_day=date(2026, 12, 16), note="专家行程冲突")
    moved = _events(client, address)["校领导实地调研阜阳师范大学"]
    assert moved["uid"] == before["uid"] and moved["sequence"] > before["sequence"]
    assert moved["dtstart"].dt == date(2026, 12, 16) and "专家行程冲突" in str(moved["description"])
    actions.cancel_item(make.actor("liaison"), planned, note="不再举办")
    off = _events(client, address)["（已取消）校领导实地调研阜阳师范大学"]
    assert (off["uid"], str(off["status"])) == (before["uid"], "CANCELLED") and off["sequence"] > moved["sequence"]


def test_hostile_text_cannot_break_out_of_its_line(client):
    hostile = "调研，甲;乙,丙\\n"
    about = "第一行\r\nEND:VEVENT\nBEGIN:VALARM\x07;," + "长" * 300
    plan(hostile, about=about, place='"; DROP, :' + "😀" * 30)
    address = _open("liaison")
    content = client.get(address).content
    assert content.count(b"\r\nBEGIN:VEVENT\r\n") == content.count(b"\r\nEND:VEVENT\r\n") == 3
    assert b"\nBEGIN:VALARM" not in content and b"\x07" not in content
    assert all(line.endswith(b"\r") for line in content.split(b"\n")[:-1]), "lines end with CRLF"
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    event = _events(client, address)[hostile]
    assert "第一行\nEND:VEVENT\nBEGIN:VALARM;,长" in str(event["description"])


def test_only_whoever_goes_is_shown_as_busy(client):
    plan(leaders=[Leader(appointment_id=make.appointment("vice-president").pk)])
    shown = [_events(client, _open(who, who)).values() for who in ("liaison", "vice-president")]
    trips = [one for events in shown for one in events if "校领导" in str(one["summary"])]
    assert [str(one["transp"]) for one in trips] == ["TRANSPARENT", "OPAQUE"]


def test_one_sees_the_items_of_ones_units_and_ones_own_trips(client):
    plan("本校的")
    plan("别校的", by="supported-school", of="青海师范大学", with_="西北师范大学")
    expert = Appointment.objects.get(person__user=make.persona("expert"))
    plan("专家要去的", leaders=[Leader(appointment_id=expert.pk)])
    assert _plans(client, _open("liaison", "1")) == {"本校的", "专家要去的"}
    assert _plans(client, _open("supported-school", "2")) == {"别校的"}
    assert _plans(client, _open("expert", "3")) == {"专家要去的"}


def test_each_post_is_read_for_itself_and_none_lends_its_rights_to_another(client):
    """A liaison of the one cluster who only reads issued reports in the other sees nothing planned there."""
    plan()
    other = make.second_cluster()
    person, ministry = Person.objects.get(user=make.persona("liaison")), make.unit("教育部")
    host = make.unit("内蒙古师范大学")
    Member.objects.create(cluster=other, unit=make.unit("安徽师范大学"), key="guest", begins=other.starts)
    plan("另一组团的", by="outsider", of=host.name, with_="安徽师范大学", cluster=other)
    address = _open("liaison")
    assert _plans(client, address) == {"校领导实地调研阜阳师范大学"}
    reader = Post.objects.get(cluster=other, key="ministry-reader")
    make.appoint(person, cluster=other, post=reader, unit=ministry)
    assert _plans(client, address) == {"校领导实地调研阜阳师范大学"}
    liaison = Post.objects.get(cluster=other, key="liaison")
    make.appoint(person, cluster=other, post=liaison, unit=make.unit("安徽师范大学"))
    assert _plans(client, address) == {"校领导实地调研阜阳师范大学", "另一组团的"}


def test_the_deadlines_of_the_quarter_stand_in_it(client):
    events = _events(client, _open("liaison"))
    due = [one for name, one in events.items() if "2026年第四季度" in name]
    assert len(due) == 2 and all(one["dtend"].dt - one["dtstart"].dt == timedelta(days=1) for one in due)


def test_a_calendar_that_asks_again_is_told_that_nothing_changed(client):
    planned, address = plan(), _open("liaison")
    first = client.get(address)
    assert first["Content-Type"].startswith("text/calendar") and "private" in first["Cache-Control"]
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    with clock.at(clock.now() + timedelta(hours=3)):
        assert client.get(address).content == first.content, "the same data give the same file"
    actions.change_item(make.actor("liaison"), planned, title="新名称")
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_that_it_was_read_is_noted_once_an_hour(client):
    address = _open("liaison")
    client.get(address)
    first = Feed.objects.get().last_fetched_at
    with clock.at(clock.now() + timedelta(minutes=20)):
        client.get(address)
    assert Feed.objects.get().last_fetched_at == first
    with clock.at(clock.now() + timedelta(hours=2)):
        client.get(address)
    assert Feed.objects.get().last_fetched_at > first


def test_renewing_and_closing_end_the_old_address(client):
    old = _open("liaison", "old")
    new = _open("liaison", "new")
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    actions.close_feed(make.actor("liaison"), Feed.objects.get(ended_at=None))
    assert client.get(new).status_code == 404
    assert client.get(reverse("agenda:calendar", args=["x" * 500])).status_code == 404


def test_who_has_left_finds_an_empty_calendar_and_who_is_shut_out_none(client):
    plan()
    address = _open("liaison")
    Appointment.objects.filter(person__name="孙涛").update(ends=date(2026, 11, 22))
    assert _events(client, address) == {}
    User.objects.filter(username="孙涛").update(is_active=False)
    assert client.get(address).status_code == 404


def test_nobody_opens_or_closes_anothers_calendar():
    _open("liaison")
    assert not actions.open_feed.allowed(make.actor("office-head"), Person.objects.get(name="孙涛"))
    assert not actions.close_feed.allowed(make.actor("office-head"), Feed.objects.get())


def test_the_page_shows_the_address_once_and_keeps_only_its_hash(client):
    make.signed_in(client, "liaison")
    page = client.post(reverse("agenda:open-feed"))
    address = page.context["address"]
    secret = address.removesuffix(".ics").rpartition("/")[2]
    assert address in page.content.decode() and "no-store" in page["Cache-Control"]
    assert Feed.objects.get().digest == feeds.digest(secret) != secret
    assert secret not in client.get(reverse("agenda:feed")).content.decode()
    client.logout()
    assert client.get(reverse("agenda:calendar", args=[secret])).status_code == 200
    make.signed_in(client, "liaison")
    assert client.post(reverse("agenda:close-feed")).status_code == 302
    assert "还没有开通" in client.get(reverse("agenda:feed")).content.decode()


def test_far_past_items_leave_the_calendar(client):
    plan("早先", first_day=date(2026, 5, 5), last_day=None, entered=date(2026, 5, 1))
    address = _open("liaison")
    assert PlannedItem.objects.count() == 1 and _plans(client, address) == set()
