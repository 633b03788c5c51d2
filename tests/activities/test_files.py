"""Photos and papers of an activity."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests import make
from tizhi.base.files import storage
from tizhi.base.files.models import StoredFile
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.activities import actions
from tizhi.pipeline.activities.shots import Shot
from tizhi.pipeline.scheme.models import Member

pytestmark = pytest.mark.django_db


def _member(unit: str = "安徽师范大学") -> Member:
    return Member.objects.get(cluster=make.bnu(), unit__name=unit)


# Photos and papers


def _photo(name: str = "合影.jpg") -> SimpleUploadedFile:
    picture, content = Image.new("RGB", (40, 30), "teal"), BytesIO()
    picture.save(content, "JPEG", exif=_with_place())
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


def _with_place() -> Image.Exif:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (31.0, 28.0, 0.0)
    return exif


def test_a_photo_loses_its_place_and_keeps_its_caption_and_order():
    liaison, activity = make.actor("liaison"), make.activity()
    first = actions.upload(liaison, _member(), file=_photo("一.jpg"), kind="photo")
    second = actions.upload(liaison, _member(), file=_photo("二.jpg"), kind="photo")
    actions.save_draft(liaison, activity, photos=[Shot(second.pk, "校园"), Shot(first.pk, "合影")])
    assert [(str(one), one.file_id) for one in activity.files.all()] == [("校园", second.pk), ("合影", first.pk)]
    with storage.opened(storage.path_of(first.sha256)) as kept:
        assert not Image.open(kept).getexif().get_ifd(0x8825)


def test_a_photo_taken_off_stays_in_the_store():
    liaison, activity = make.actor("liaison"), make.activity()
    photo = actions.upload(liaison, _member(), file=_photo(), kind="photo")
    actions.save_draft(liaison, activity, photos=[Shot(photo.pk)])
    actions.save_draft(liaison, activity, photos=[])
    assert not activity.files.exists()
    assert StoredFile.objects.filter(pk=photo.pk).exists()


def test_nobody_attaches_somebody_elses_upload():
    make.bnu()
    stranger = make.person("示例·他人", "青海师范大学", post="liaison")
    photo = actions.upload(make.actor(stranger.user), _member("青海师范大学"), file=_photo(), kind="photo")
    with pytest.raises(RuleBroken) as fault:
        actions.save_draft(make.actor("liaison"), make.activity(), photos=[Shot(photo.pk)])
    assert "photos" in fault.value.fields


def test_a_colleague_keeps_the_photos_that_are_there():
    activity = make.activity()
    photo = actions.upload(make.actor("liaison"), _member(), file=_photo(), kind="photo")
    actions.save_draft(make.actor("liaison"), activity, photos=[Shot(photo.pk, "合影")])
    actions.save_draft(make.actor("pair-office"), activity, photos=[Shot(photo.pk, "全体合影")])
    assert activity.files.get().caption == "全体合影"


def test_too_many_photos_are_refused_in_words():
    with pytest.raises(RuleBroken, match="最多20个"):
        actions.save_draft(make.actor("liaison"), make.activity(), photos=[Shot(number) for number in range(21)])
