"""文稿测量: plans read from Word and laid into sections, and a plan of thirty pages written as PDF."""

import time
from statistics import median

from .figure import Figure
from .inside import asked

ROUNDS = 3


def in_and_out() -> list[Figure]:
    """Headings of Word plans placed right, of which the reader never saw the held-out ones; PDF of 30 pages."""
    told = asked("papers")
    assert told["pages"] >= 30
    return [
        Figure("headings right, plans held out", told["held_out"], "%", 95, "higher"),
        Figure("headings right, plans known", told["known"], "%", 95, "higher"),
        Figure("a plan read from Word", told["read"], "ms", 1000),
        Figure("PDF of 30 pages", told["pdf"], "s", 2),
    ]


# Inside: Django is set up, the home is a copy.


def papers() -> dict[str, float]:
    """Shares of headings that are found with their level and section; times."""
    from tests.documents import drafts

    return {"held_out": _share(drafts.HELD_OUT), "known": _share(drafts.DRAFTS), **_reading(), **_printing()}


def _share(names: object) -> float:
    from tests.documents.test_intake import right

    counted = [right(name) for name in names]  # type: ignore[attr-defined]
    return round(100 * sum(good for good, _ in counted) / sum(of for _, of in counted), 1)


def _reading() -> dict[str, float]:
    from tests.documents import drafts
    from tizhi.base.documents.intake import place, read_word

    contents = [drafts.made(name)[0] for name in drafts.DRAFTS]
    times = []
    for content in contents:
        started = time.perf_counter()
        place(read_word(content), drafts.SECTIONS)
        times.append((time.perf_counter() - started) * 1000)
    return {"read": round(median(times), 1)}


def _printing() -> dict[str, float]:
    from tizhi.base.documents.document import Document, Heading, paragraph
    from tizhi.base.documents.pdf import write_pdf

    sentence = "各高校要坚持“以学生为中心”的理念，做到应帮尽帮，到2027年底覆盖率达到85.5%以上。"
    text = (each for nth in range(15) for each in (Heading(f"任务{nth}"), *[paragraph(sentence * 4)] * 8))
    document = Document(("提质计划",), blocks=tuple(text))
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        content = write_pdf(document)
        times.append(time.perf_counter() - started)
    return {"pdf": round(median(times), 2), "pages": content.count(b"/Type /Page") or content.count(b"/Type/Page")}
