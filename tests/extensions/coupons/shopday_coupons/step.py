"""The step about coupons; it is loaded with the plan, so nothing heavy is imported here."""

from datetime import time

from core.language.wording import N_
from routines.plan.step import Step

STEP = Step(
    "coupons", time(9, 5), 5, N_("Coupons"), (N_("Which one goes on?"),), "shopday_coupons.analysis:used"
)
