"""What support tells other contexts after commit. Payloads: difficulty, enterprise, category, state."""

from typing import Final

from fugong.support.choices import Step

DIFFICULTY_RAISED: Final = "support.DifficultyRaised"
DIFFICULTY_ASSIGNED: Final = "support.DifficultyAssigned"
DIFFICULTY_ANSWERED: Final = "support.DifficultyAnswered"
DIFFICULTY_SOLVED: Final = "support.DifficultySolved"
DIFFICULTY_SENT_BACK: Final = "support.DifficultySentBack"
DIFFICULTY_WITHDRAWN: Final = "support.DifficultyWithdrawn"

FACT_OF: Final = {
    Step.RAISE: DIFFICULTY_RAISED,
    Step.ASSIGN: DIFFICULTY_ASSIGNED,
    Step.ANSWER: DIFFICULTY_ANSWERED,
    Step.SOLVE: DIFFICULTY_SOLVED,
    Step.SEND_BACK: DIFFICULTY_SENT_BACK,
    Step.WITHDRAW: DIFFICULTY_WITHDRAWN,
}
