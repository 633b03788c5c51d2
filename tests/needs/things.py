"""需求的东西: what the table of doors finds of a school's diagnosis."""

from tests import make

from .building import SCHOOL, need, trait


def things() -> dict[str, object]:
    """A school with an open need, one proposed for it, one withdrawn, and a gap."""
    partner = make.unit("安徽师范大学")
    return {
        "helped-school": make.unit(SCHOOL).pk,
        "open-need": need().number,
        "proposed-need": need(proposer=partner, confirmed_at=None).number,
        "withdrawn-need": need(state="withdrawn").number,
        "gap": trait().pk,
    }
