"""Two people edit the same record: the later one sees both texts, chooses, and saves on top of what is there now."""

import re

from tizhi.pipeline.directory.actors import actor_of

from .urls import retitle


def _somebody_else_writes(appointment, title):
    retitle(actor_of(appointment.person.user, appointment), appointment, title=title)


def test_both_texts_stand_side_by_side_with_what_differs_marked(signed_in, posts):
    _somebody_else_writes(posts[0], "教务处副处长")
    answer = signed_in.post(f"/edit/{posts[0].pk}/", {"title": "教务处处长", "version": "1", "extra-0-name": "扎西"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<mark>副</mark>" in page and 'data-value="教务处处长"' in page and 'data-value="教务处副处长"' in page
    assert "孙涛" in page and 'name="extra-0-name" value="扎西"' in page


def test_the_choice_is_saved_on_top_of_the_new_version(signed_in, posts):
    _somebody_else_writes(posts[0], "教务处副处长")
    page = signed_in.post(f"/edit/{posts[0].pk}/", {"title": "教务处处长", "version": "1"}).content.decode()
    fields = _fields(page)
    answer = signed_in.post(f"/edit/{posts[0].pk}/", {**fields, "title": "教务处正处长"})
    posts[0].refresh_from_db()
    assert answer.status_code == 302 and fields["version"] == "2"
    assert (posts[0].title, posts[0].version) == ("教务处正处长", 3)


def _fields(page):
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def test_changes_to_different_fields_both_stay_without_asking(signed_in, posts):
    opened = _fields(signed_in.get(f"/edit/{posts[0].pk}/").content.decode())
    _somebody_else_writes(posts[0], "教务处副处长")
    answer = signed_in.post(f"/edit/{posts[0].pk}/", {**opened, "title": "", "is_acting": "on"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "对方还改了“实际职务”" in page and "用我的" not in page
    signed_in.post(f"/edit/{posts[0].pk}/", _fields(page))
    posts[0].refresh_from_db()
    assert (posts[0].title, posts[0].is_acting) == ("教务处副处长", True)


def test_a_third_change_meanwhile_is_met_again(signed_in, posts):
    opened = _fields(signed_in.get(f"/edit/{posts[0].pk}/").content.decode())
    _somebody_else_writes(posts[0], "二")
    page = signed_in.post(f"/edit/{posts[0].pk}/", {**opened, "title": "一"}).content.decode()
    _somebody_else_writes(posts[0], "三")
    page = signed_in.post(f"/edit/{posts[0].pk}/", {**_fields(page), "title": "一"}).content.decode()
    assert 'data-value="一"' in page and 'data-value="三"' in page


def test_a_form_sent_back_with_faults_still_knows_what_it_was_typed_over(signed_in, posts):
    opened = _fields(signed_in.get(f"/edit/{posts[0].pk}/").content.decode())
    _somebody_else_writes(posts[0], "教务处副处长")
    answer = signed_in.post(f"/edit/{posts[0].pk}/", {**opened, "title": "长" * 90})
    again = _fields(answer.content.decode())
    assert answer.status_code == 422 and (again["version"], again["read"]) == ("1", opened["read"])
    assert signed_in.post(f"/edit/{posts[0].pk}/", {**again, "title": "处长"}).status_code == 409


def test_of_lists_beside_the_form_nothing_of_either_is_lost(signed_in, posts):
    _somebody_else_writes(posts[0], "教务处副处长")
    page = signed_in.post(
        f"/edit/{posts[0].pk}/", {"title": "一", "version": "1", "photos": ["7", "9"]}
    ).content.decode()
    assert re.findall(r'name="photos" value="(\d)"', page) == ["5", "7", "9"]


def test_a_field_that_both_left_alone_is_not_asked_about(signed_in, posts):
    _somebody_else_writes(posts[0], "教务处副处长")
    page = signed_in.post(f"/edit/{posts[0].pk}/", {"title": "教务处处长", "version": "1"}).content.decode()
    assert "代管" not in page
