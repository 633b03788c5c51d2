"""文件的归属: a file is visible if one of its owners is; each function gives the ids an actor sees through one."""

from collections.abc import Callable

from django.db.models import QuerySet

from tizhi.base.files import queries
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.activities import queries as activities
from tizhi.pipeline.commitments import queries as commitments
from tizhi.pipeline.consultations import queries as consultations
from tizhi.pipeline.directory.queries import papers_of_proxies
from tizhi.pipeline.plans import queries as plans
from tizhi.pipeline.reviews import queries as reviews
from tizhi.pipeline.studies import queries as studies
from tizhi.pipeline.surveys import queries as surveys


def own_uploads(actor: Actor) -> QuerySet:
    """What somebody uploaded and has not attached yet, and what they did attach."""
    return queries.uploaded_by(actor.person_id)


def activity_files(actor: Actor) -> QuerySet:
    """Photos and papers of the activities somebody may read."""
    return activities.files_of(activities.visible_to(actor))


def commitment_papers(actor: Actor) -> QuerySet:
    """What was put beside the progress of the commitments somebody may read."""
    return commitments.papers_of(commitments.visible_to(actor))


def study_reports(actor: Actor) -> QuerySet:
    """The reports of the studies somebody may read."""
    return studies.reports_of(studies.visible_to(actor))


def survey_files(actor: Actor) -> QuerySet:
    """What was handed in with answers of the surveys whose results somebody reads."""
    return surveys.files_of(surveys.results_visible_to(actor))


def review_papers(actor: Actor) -> QuerySet:
    """Signed opinions of reviews: an expert's own, all of them to who assigns."""
    return reviews.papers_of(actor)


def reviewed_pictures(actor: Actor) -> QuerySet:
    """The pictures in the texts that somebody reviews."""
    return reviews.pictures_of(actor)


def consultation_papers(actor: Actor) -> QuerySet:
    """The papers of the consultations somebody may read."""
    return consultations.files_of(consultations.visible_to(actor))


def plan_pictures(actor: Actor) -> QuerySet:
    """The pictures in the texts of the plans somebody may read."""
    return plans.pictures_in(plans.visible_to(actor))


def plan_papers(actor: Actor) -> QuerySet:
    """The papers of the steps of the plans whose drafts somebody may read."""
    return plans.papers_of(plans.drafts_visible_to(actor))


# A stage whose rows own files adds its function here.
OWNERS: tuple[Callable[[Actor], QuerySet], ...] = (
    own_uploads, activity_files, papers_of_proxies, commitment_papers, study_reports, survey_files,
    review_papers, reviewed_pictures, consultation_papers, plan_pictures, plan_papers,
)  # fmt: skip


def visible_to(actor: Actor) -> QuerySet:
    """The stored files `actor` may see."""
    return queries.owned_by_any(owner(actor) for owner in OWNERS)
