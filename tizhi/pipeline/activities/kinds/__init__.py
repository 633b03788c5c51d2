"""各类动态, in menu order. To add one: a file here, a line below, and its word in the scheme's terms."""

from ..kind import Kind
from .exchange import EXCHANGE
from .expert_guidance import EXPERT_GUIDANCE
from .field_study import FIELD_STUDY
from .joint_research import JOINT_RESEARCH
from .joint_students import JOINT_STUDENTS
from .lecture import LECTURE
from .meeting import MEETING
from .other import OTHER
from .training import TRAINING

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        TRAINING, FIELD_STUDY, JOINT_RESEARCH, EXCHANGE, LECTURE, EXPERT_GUIDANCE, JOINT_STUDENTS, MEETING, OTHER,
    )
}  # fmt: skip


def kind_of(code: str) -> Kind:
    """The kind of that code; a kind no longer kept is shown as 其他."""
    return KINDS.get(code, OTHER)
