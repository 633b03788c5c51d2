"""工作方案的查询: the scheme in force, and units, roles, pairs, bodies as of a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.db.models import QuerySet

from . import declared
from .models import Cluster, Version


def in_force(cluster: Cluster | int, day: date) -> declared.Scheme:
    """The scheme of `cluster` on `day`: the latest version begun by then; before the first one, that one.

    Raises Version.DoesNotExist when the cluster has no scheme.
    """
    return _scheme(_version_on(cluster, day).sha256)


def _version_on(cluster: Cluster | int, day: date) -> Version:
    versions = Version.objects.filter(cluster=cluster).defer("text")
    return versions.filter(begins__lte=day).order_by("-number").first() or versions.earliest("number")


@lru_cache(maxsize=64)
def _scheme(sha256: str) -> declared.Scheme:
    # Kept by what the text is, not by which row holds it: a text never reads differently.
    return declared.read(Version.objects.filter(sha256=sha256).values_list("text", flat=True)[0])


def versions(cluster: Cluster) -> QuerySet[Version]:
    """All versions of the cluster's scheme, the latest first, without their texts."""
    return cluster.versions.defer("text").order_by("-number")
