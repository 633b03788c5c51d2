"""文件。"""

from django.db import models


class StoredFile(models.Model):
    """One upload: its bytes lie in the storage under their sha256; equal bytes are stored once."""

    class Kind(models.TextChoices):
        PHOTO = "photo", "照片"
        PAPER = "paper", "文件"

    name = models.CharField("文件名", max_length=200)
    kind = models.CharField("类别", max_length=8, choices=Kind)
    media_type = models.CharField("格式", max_length=100)
    size = models.PositiveBigIntegerField("字节数")
    sha256 = models.CharField("校验值", max_length=64, db_index=True)
    width = models.PositiveIntegerField("宽", null=True, blank=True)
    height = models.PositiveIntegerField("高", null=True, blank=True)
    person_id = models.BigIntegerField("上传人", null=True)
    uploaded_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = "文件"
        verbose_name_plural = "文件"

    def __str__(self) -> str:
        return self.name
