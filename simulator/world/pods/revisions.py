"""What a workload has been: its revisions, their images, ages and causes.

Rule 1: every rollout is a new revision; going back gives an old template a new number, so its own
former number is gone, as in Kubernetes.
Rule 2: a template keeps the number under which it first came: its replica set goes by that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from simulator.brief.scenario.workload import Workload

DAY_S = 86_400
WEEK_S = 7 * DAY_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One template and the number it goes by."""

    number: int
    template: int
    """The number under which it first came."""
    image: str
    at: float
    """The second it first came; negative before the drill."""
    cause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisions:
    """Every revision there is, by number upwards; the last is the one wanted."""

    all: tuple[Revision, ...]

    @property
    def current(self) -> Revision:
        """The one wanted now."""
        return self.all[-1]

    @property
    def previous(self) -> Revision | None:
        """The one before it, to which an undo leads."""
        return self.all[-2] if len(self.all) > 1 else None

    def numbered(self, number: int) -> Revision | None:
        """The revision of this number, if there is one."""
        return next((each for each in self.all if each.number == number), None)

    def renewed(self, image: str, at: float, cause: str = "") -> "Revisions":
        """A new template with this image is wanted from now on."""
        number = self.current.number + 1
        new = Revision(number=number, template=number, image=image, at=at, cause=cause)
        return Revisions(all=(*self.all, new))

    def back_to(self, old: Revision, cause: str = "") -> "Revisions":
        """An old template is wanted again, under a new number."""
        number = self.current.number + 1
        left = tuple(each for each in self.all if each is not old)
        return Revisions(all=(*left, replace(old, number=number, cause=cause or old.cause)))


def written(workload: Workload | None) -> Revisions:
    """The revisions at rest, as an author wrote them."""
    if workload is None:
        return Revisions(all=(Revision(number=1, template=1, image="", at=-DAY_S),))
    seen = {
        each.number: Revision(
            number=each.number,
            template=each.number,
            image=each.image,
            at=-each.ago,
            cause=each.cause,
        )
        for each in workload.history
        if each.number <= workload.revision
    }
    now = workload.revision
    if workload.previous_image and now - 1 not in seen:
        seen[now - 1] = Revision(
            number=now - 1, template=now - 1, image=workload.previous_image,
            at=-(workload.age + WEEK_S),
        )  # fmt: skip
    cause = seen[now].cause if now in seen else ""
    seen[now] = Revision(
        number=now, template=now, image=workload.image, at=-workload.age, cause=cause
    )
    return Revisions(all=tuple(seen[number] for number in sorted(seen)))


def retold(first: Revisions, steps: Sequence[tuple[int, int, int, str, str]]) -> Revisions:
    """The revisions after these steps: (second, number, template, image, cause), in order."""
    now = first
    for at, number, template, image, cause in steps:
        old = next((each for each in now.all if each.template == template), None)
        left = tuple(each for each in now.all if each is not old)
        came = old.at if old is not None else at
        now = Revisions(
            all=(*left, Revision(number=number, template=template, image=image, at=came,
                                 cause=cause or (old.cause if old is not None else "")))
        )  # fmt: skip
    return now
