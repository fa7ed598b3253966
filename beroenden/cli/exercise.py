"""beroenden exercise: the group"""

from beroenden.cli.exercise_evaluate import evaluate
from beroenden.cli.exercise_find import find
from beroenden.cli.exercise_import import import_
from beroenden.cli.exercise_move import move
from beroenden.cli.exercise_plan import plan
from beroenden.cli.group import group


@group(
    "Planera, håll och utvärdera en övning ur ett simulerat avbrott.",
    "Plan, hold and evaluate an exercise from a simulated outage.",
    "beroenden exercise find models/soes --actors forsakringskassan,csn --window 2026-12 --for 6h..48h -o forslag",
)
def exercise() -> None:
    """The commands on exercises."""


for one in (find, plan, move, evaluate):
    exercise.add_command(one)
exercise.add_command(import_, "import")
