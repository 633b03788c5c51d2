"""提名名单: a list of nominees as it is pasted, uploaded and sent back, and what the page then shows."""

import html
import re

from django.core.files.uploadedfile import SimpleUploadedFile

from tizhi.base.documents.document import Column
from tizhi.base.documents.sheet import write_sheet
from tizhi.pipeline.experts.models import Nomination

from .building import committee, seat

HEAD = ("姓名", "单位", "职称", "专业特长", "重点内容", "提名理由")
TIANYE = (
    "田野",
    "四川师范大学",
    "教授",
    "教师教育、学前教育",
    "人才队伍建设、特色项目",
    "长期从事教师教育研究，熟悉情况。",
)
LUOHENG = ("罗衡", "西北师范大学", "正高级教师", "教育评价", "", "熟悉情况。")


def url():
    return f"/experts/nominate/{committee().pk}/list/"


def pasted(*rows, head=HEAD):
    return "\n".join("\t".join(row) for row in (head, *rows) if row)


def paste(client, *rows, text=None, head=HEAD, **given):
    return client.post(url(), {"seat": seat().pk, "text": pasted(*rows, head=head) if text is None else text, **given})


def upload(client, content, name="名单.xlsx", **given):
    return client.post(url(), {"seat": seat().pk, "file": SimpleUploadedFile(name, content), **given})


def workbook(*rows, head=HEAD):
    return write_sheet("名单", [Column(title) for title in head], rows)


def text_of(response):
    return html.unescape(response.content.decode())


def fields_of(response):
    """What the browser sends back of the rows, untouched."""
    page = response.content.decode()
    form = page[page.index('name="rows_read"') :]
    form = form[: form.index("</form>")]
    sent = {"rows_read": re.search(r'value="(\w+)"', form)[1]}
    for name, value in re.findall(r'<input type="text" name="(r\d+-\w+)"(?: value="([^"]*)")?', form):
        sent[name] = html.unescape(value)
    for name, value in re.findall(r'<textarea name="(r\d+-\w+)"[^>]*>\n?([^<]*)</textarea>', form):
        sent[name] = html.unescape(value)
    return sent


def send_back(client, shown, nominate=True, **changed):
    press = {"nominate": "1"} if nominate else {}
    return client.post(url(), {**fields_of(shown), **press, **changed})


def nominated():
    return [(str(one.person), str(one.seat)) for one in Nomination.objects.order_by("pk")]
