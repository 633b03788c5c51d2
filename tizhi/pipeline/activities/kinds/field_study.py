"""调研: plan-making rounds and studies of how the plan is carried out [四(五)]; mode, post and stage are counted."""

from tizhi.pipeline.scheme import terms

from ..kind import Figure, Kind

FIELD_STUDY = Kind(
    "field-study",
    "调研",
    "map-search",
    figures=(
        Figure("team", "调研人员", "人", required=True),
        Figure("talks", "座谈会", "场"),
        Figure("interviewed", "访谈座谈人员", "人"),
        Figure("lessons", "听课", "节"),
        Figure("advice", "提出建议", "条"),
    ),
    stages=(*terms.STUDY_ROUNDS.items(), ("other", "其他调研")),
    visits=True,
)
