"""From a POST to an action: what arrives, what is refused, and that a second click does nothing."""

import uuid

from tizhi.base.audit.models import Entry

from .urls import retitle


def test_an_act_is_done_once_however_often_it_is_sent(signed_in, posts):
    once = uuid.uuid4()
    for title in ("教务处处长", "学生处处长"):
        answer = signed_in.post(f"/act/{posts[0].pk}/", {"title": title, "once": once, "version": 1})
        assert answer.status_code == 200
    posts[0].refresh_from_db()
    assert (posts[0].title, posts[0].version, Entry.objects.filter(code=retitle.code).count()) == ("教务处处长", 2, 1)


def test_the_note_stands_in_the_history(signed_in, posts):
    signed_in.post(f"/act/{posts[0].pk}/", {"title": "处长", "note": " 换届\0 "})
    assert Entry.objects.get(code=retitle.code).note == "换届"


def test_what_no_form_of_ours_sends_is_refused_in_words(signed_in, posts):
    for broken in ({"once": "abc"}, {"version": "1 OR 1"}, {"version": "-1"}, {"version": "9" * 30}, {"version": "²"}):
        answer = signed_in.post(f"/act/{posts[0].pk}/", {"title": "处长", **broken})
        assert answer.status_code == 422
        assert "请刷新页面后重新提交" in answer.content.decode()
    assert not Entry.objects.filter(code=retitle.code).exists()


def test_the_fields_of_a_form_carry_the_version_and_a_new_token_each_time(signed_in, posts):
    first, second = (signed_in.get(f"/edit/{posts[0].pk}/").content.decode() for _ in range(2))
    assert 'name="version" value="1"' in first
    tokens = {page.split('name="once" value="')[1][:36] for page in (first, second)}
    assert len(tokens) == 2 and all(uuid.UUID(token) for token in tokens)
