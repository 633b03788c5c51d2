"""量法: one for each kind of evidence that has a place in the platform. To add one: a file here, a line below."""

from .activity import ActivityMeasure
from .body import BodyMeasure
from .consultations_answered import ConsultationsAnsweredMeasure
from .contacts import ContactsMeasure
from .measure import Measure
from .plan import PlanMeasure
from .report import ReportMeasure
from .timely_briefs import TimelyBriefsMeasure
from .unit_input import UnitInputMeasure

MEASURES: dict[str, Measure] = {
    measure.kind: measure
    for measure in (
        ActivityMeasure(), TimelyBriefsMeasure(), UnitInputMeasure(), ReportMeasure(), BodyMeasure(), ContactsMeasure(),
        PlanMeasure(), ConsultationsAnsweredMeasure(),
    )
}  # fmt: skip
