"""Uploads: told by content, cleaned, stored once, refused in words."""

import hashlib
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from tizhi.base.files import storage
from tizhi.base.files.damage import damage
from tizhi.base.files.intake import MEGABYTE, plain_name, take
from tizhi.base.files.models import StoredFile
from tizhi.base.kit.errors import RuleBroken

from . import papers

pytestmark = pytest.mark.django_db
PHOTO, PAPER = StoredFile.Kind.PHOTO, StoredFile.Kind.PAPER


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }


def picture(path):
    with storage.opened(path) as file:
        image = Image.open(file)
        image.load()
        return image


def test_a_photo_stands_upright_and_says_neither_where_nor_with_what_it_was_taken():
    kept = take(papers.taken_lying_down_in_xining(), PHOTO, person_id=7)

    image = picture(storage.path_of(kept.sha256))
    assert (kept.width, kept.height) == image.size == (48, 64)
    dark_corner = image.getpixel((44, 4))
    assert max(dark_corner) < 60, "turned the wrong way"
    assert dict(image.getexif()) == {} and "comment" not in image.info
    with storage.opened(storage.path_of(kept.sha256)) as file:
        assert b"Phone" not in file.read()
    assert (kept.name, kept.media_type, kept.person_id) == ("现场.jpg", "image/jpeg", 7)
    assert kept.uploaded_at.date() == date(2026, 11, 23)


def test_a_large_photo_is_made_smaller_and_has_a_small_one_beside_it():
    kept = take(papers.photo(size=(5000, 2500)), PHOTO)
    assert (kept.width, kept.height) == (4096, 2048)
    assert picture(storage.thumbnail_of(kept.sha256)).size == (480, 240)


@pytest.mark.parametrize(
    ("kind", "mode", "media_type", "name"),
    [
        ("PNG", "RGB", "image/png", "截图.png"),
        ("PNG", "RGBA", "image/png", "截图.png"),
        ("PNG", "P", "image/png", "截图.png"),
        ("WEBP", "RGB", "image/jpeg", "截图.jpg"),
        ("WEBP", "RGBA", "image/png", "截图.png"),
        ("JPEG", "CMYK", "image/jpeg", "截图.jpg"),
        ("JPEG", "L", "image/jpeg", "截图.jpg"),
    ],
)
def test_a_photo_is_kept_as_jpeg_or_png_whatever_its_name_said(kind, mode, media_type, name):
    kept = take(papers.photo("截图.webp", kind, mode=mode), PHOTO)
    assert (kept.media_type, kept.name) == (media_type, name)
    assert picture(storage.path_of(kept.sha256)).size == (64, 48)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("方案.docx", papers.word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("名单.XLSX", papers.excel(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("纪要.pdf", b"%PDF-1.7\n%", "application/pdf"),
        ("公文.ofd", papers.archive(OFD__xml="<OFD/>"), "application/ofd"),
        ("材料.zip", papers.archive(a__txt="a"), "application/zip"),
        ("旧方案.doc", papers.compound("WordDocument"), "application/msword"),
        ("旧方案.wps", papers.compound("WordDocument"), "application/msword"),
        ("旧表.xls", papers.compound("Workbook"), "application/vnd.ms-excel"),
        ("旧片.ppt", papers.compound("PowerPoint Document"), "application/vnd.ms-powerpoint"),
        ("说明.txt", "参加人员：王老师".encode("gb18030"), "text/plain"),
        ("名单.csv", "姓名,单位\n王敏,青海师范大学\n".encode("utf-8-sig"), "text/plain"),
        ("签字页.jpg", papers.photo().read(), "image/jpeg"),
        ("没有后缀", b"%PDF-1.7\n%", "application/pdf"),
    ],
)
def test_a_paper_is_known_by_its_content_and_kept_byte_for_byte(name, content, media_type):
    kept = take(papers.upload(name, content), PAPER)
    assert (kept.media_type, kept.size) == (media_type, len(content))
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    with storage.opened(storage.path_of(kept.sha256)) as file:
        assert file.read() == content


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("网页.html", b"<!doctype html><html></html>", "不是可以接收的格式"),
        ("网页.txt", b"hello <script>alert(1)</script>", "不是可以接收的格式"),
        ("图.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "不是可以接收的格式"),
        ("脚本.txt", b"#!/bin/sh\nrm -rf /", "不是可以接收的格式"),
        ("程序.pdf", b"MZ\x90\x00" + b"\0" * 100, "不是可以接收的格式"),
        ("脚本.bat", b"del *.*", "后缀不符"),
        ("方案.docx", b"%PDF-1.7", "内容是PDF文档，与文件名的后缀不符"),
        ("程序.jar", papers.archive(a__class="x"), "后缀不符"),
        ("带宏.docx", papers.with_macros(), "含有宏"),
        ("加密.docx", papers.compound("EncryptedPackage"), "去掉密码"),
        ("坏了.docx", b"PK\x03\x04broken", "已损坏"),
        ("太多.zip", papers.archive(a__txt="a")[:-10] + b"\xff" * 10, "文件太多"),
        ("空.pdf", b"", "空文件"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(name, content, told):
    with pytest.raises(RuleBroken, match=told):
        take(papers.upload(name, content), PAPER)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (papers.word(), "不是照片"),
        (papers.photo().read()[:300], "照片已损坏"),
        (papers.claiming(6000, 6000), "像素过大"),
        (papers.claiming(60000, 60000), "像素过大"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
    ],
)
def test_what_is_no_photo_is_refused_in_words(content, told):
    with pytest.raises(RuleBroken, match=told):
        take(papers.upload("现场.jpg", content), PHOTO)


@pytest.mark.parametrize(
    ("kind", "size", "told"), [(PHOTO, 21, "有21MB，照片不能超过20MB"), (PAPER, 101, "有101MB，文件不能超过100MB")]
)
def test_what_is_too_large_is_refused_before_it_is_read(kind, size, told):
    sent = InMemoryUploadedFile(io.BytesIO(), None, "大.jpg", None, size * MEGABYTE, None)
    with pytest.raises(RuleBroken, match=told):
        take(sent, kind)


def test_equal_bytes_are_stored_once_under_both_names():
    first, second = (take(papers.upload(name, b"%PDF-1.7"), PAPER) for name in ("甲.pdf", "乙.pdf"))
    assert first.sha256 == second.sha256 and first.pk != second.pk
    assert list(storage.all_paths()) == [storage.path_of(first.sha256)]


def test_bytes_left_in_part_by_a_crash_are_completed_by_the_next_upload():
    content = b"%PDF-1.7 whole"
    path = storage.path_of(hashlib.sha256(content).hexdigest())
    storage.put(path, io.BytesIO(content[:5]), 5)
    take(papers.upload("甲.pdf", content), PAPER)
    assert list(damage()) == []


def test_lost_altered_and_ownerless_bytes_are_found():
    lost, altered = (take(papers.upload("甲.pdf", b"%PDF-" + name), PAPER) for name in (b"1", b"2"))
    photo = take(papers.photo(), PHOTO)
    assert list(damage()) == []

    root = storage.default_storage
    root.delete(storage.path_of(lost.sha256))
    root.delete(storage.thumbnail_of(photo.sha256))
    root.delete(storage.path_of(altered.sha256))
    root.save(storage.path_of(altered.sha256), io.BytesIO(b"%PDF-3"))
    root.save("ab/nobody", io.BytesIO(b"left"))

    told = "\n".join(damage())
    assert told.count("内容丢失") == 1 and told.count("缩略图丢失") == 1 and told.count("已被改动") == 1
    assert "有1个文件没有登记，如ab/nobody" in told


@example("..")
@example(" . ")
@given(st.text(max_size=300))
def test_a_name_never_leads_elsewhere_nor_grows(name):
    kept = plain_name(name)
    assert 0 < len(kept) <= 140
    assert not set(kept) & {"/", "\\", "\n", "\r", "\0", "\u202e"}
    assert kept not in {".", ".."}


def test_a_path_and_a_reversed_ending_are_taken_out_of_a_name():
    assert plain_name("C:\\我的文档\\方案.docx") == "方案.docx"
    assert plain_name("../../etc/passwd") == "passwd"
    assert plain_name("方案\u202excod.pdf") == "方案xcod.pdf"
