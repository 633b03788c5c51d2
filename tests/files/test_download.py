"""Files leave as files: to whoever may see them, whole or in part, never as a page."""

from urllib.parse import quote

import pytest

from tests import make
from tizhi.base.files.intake import take
from tizhi.base.files.models import StoredFile

from . import papers

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 4


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.fixture
def mine(client):
    make.signed_in(client, "liaison")
    return make.persona("liaison"), make.actor("liaison").person_id


@pytest.fixture
def paper(mine):
    return take(papers.upload("调研报告.pdf", CONTENT), StoredFile.Kind.PAPER, mine[1])


def test_a_paper_is_an_attachment_under_its_chinese_name(client, paper):
    answer = client.get(f"/files/{paper.pk}/")
    assert body(answer) == CONTENT
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('调研报告.pdf')}"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert "private" in answer["Cache-Control"]


def test_a_picture_attached_as_a_paper_is_not_shown_either(client, mine):
    scan = take(papers.photo("签字页.jpg"), StoredFile.Kind.PAPER, mine[1])
    assert client.get(f"/files/{scan.pk}/")["Content-Disposition"].startswith("attachment")
    assert client.get(f"/files/{scan.pk}/small/").status_code == 404


def test_a_photo_and_its_small_picture_are_shown_in_the_page(client, mine):
    photo = take(papers.photo(size=(960, 640)), StoredFile.Kind.PHOTO, mine[1])
    for url in (f"/files/{photo.pk}/", f"/files/{photo.pk}/small/"):
        answer = client.get(url)
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["Content-Disposition"].startswith("inline")
        assert body(answer)[:2] == b"\xff\xd8"


def test_somebody_elses_file_is_not_there(client, paper):
    make.signed_in(client, "supported-school")
    assert client.get(f"/files/{paper.pk}/").status_code == 404
    client.logout()
    assert client.get(f"/files/{paper.pk}/").status_code in (302, 404)


def test_an_interrupted_download_goes_on(client, paper):
    size = len(CONTENT)
    for asked, first, last in (
        (f"bytes=100-{size}", 100, size - 1),
        ("bytes=0-9", 0, 9),
        ("bytes=-5", size - 5, size - 1),
    ):
        answer = client.get(f"/files/{paper.pk}/", headers={"range": asked})
        assert answer.status_code == 206
        assert answer["Content-Range"] == f"bytes {first}-{last}/{size}"
        assert body(answer) == CONTENT[first : last + 1]


def test_a_part_beyond_the_end_is_refused_and_nonsense_gives_all(client, paper):
    assert client.get(f"/files/{paper.pk}/", headers={"range": "bytes=999999-"}).status_code == 416
    for asked in ("bytes=-", "lines=1-2", "bytes=1-2,5-6"):
        assert body(client.get(f"/files/{paper.pk}/", headers={"range": asked})) == CONTENT
    stale = {"range": "bytes=0-9", "if-range": '"other"'}
    assert body(client.get(f"/files/{paper.pk}/", headers=stale)) == CONTENT


def test_a_copy_the_browser_holds_is_not_sent_again(client, paper):
    etag = client.get(f"/files/{paper.pk}/")["ETag"]
    answer = client.get(f"/files/{paper.pk}/", headers={"if-none-match": etag})
    assert (answer.status_code, body(answer)) == (304, b"")


def test_a_file_cannot_be_changed_by_its_address(client, paper):
    assert client.post(f"/files/{paper.pk}/").status_code == 405


def test_a_request_of_many_hundred_megabytes_is_refused_unread(client):
    kind = "multipart/form-data; boundary=x"
    answer = client.generic("POST", "/accounts/login/", b"--x--", content_type=kind, CONTENT_LENGTH=str(301 << 20))
    assert answer.status_code == 413 and "Traceback" not in answer.content.decode()
