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
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    answer = signed_in.post(f"/edit/{posts[0].pk}/", {**fields, "title": "教务处正处长"})
    posts[0].refresh_from_db()
    assert answer.status_code == 302 and fields["version"] == "2"
    assert (posts[0].title, posts[0].version) == ("教务处正处长", 3)


def test_a_field_that_both_left_alone_is_not_asked_about(signed_in, posts):
    _somebody_else_writes(posts[0], "教务处副处长")
    page = signed_in.post(f"/edit/{posts[0].pk}/", {"title": "教务处处长", "version": "1"}).content.decode()
    assert "代管" not in page
