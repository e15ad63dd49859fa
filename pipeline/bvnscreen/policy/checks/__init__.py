"""The named tests a policy file can use. Each looks at a chart and answers yes, no or unknown.

A test states a fact ("low back pain has lasted six months"); whether the fact includes or excludes
is the policy's business. Keyword parameters are the `params` of a criterion.
"""

from __future__ import annotations

from collections.abc import Callable

from ..model import Outcome
from .care import care_component, conservative_care, lumbar_surgery, treatment_failed
from .modic_change import level_concordance, modic, modic_body_count, modic_outside
from .pain import axial_predominant, flare_only, generators_excluded, pain_duration
from .patient import age, finding, implanted_device, needs_person, score, skeletally_immature
from .request import (
    bodies_adjacent,
    bodies_within,
    body_count,
    level_count,
    prior_bvn_ablation,
    requested,
)

CHECKS: dict[str, Callable[..., Outcome]] = {
    f.__name__: f
    for f in (
        age, axial_predominant, bodies_adjacent, bodies_within, body_count, care_component,
        conservative_care, finding, flare_only, generators_excluded, implanted_device, level_concordance,
        level_count, lumbar_surgery, modic, modic_body_count, modic_outside, needs_person, pain_duration,
        prior_bvn_ablation, requested, score, skeletally_immature,
        treatment_failed,
    )
}  # fmt: skip

# These look at what is asked for.
OF_THE_REQUEST = {"bodies_within", "bodies_adjacent", "body_count", "level_count", "requested"}
