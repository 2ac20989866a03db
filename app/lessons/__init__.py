"""Lessons: what is told beside the stage, as data; one TOML file each, and what reads them."""

from .lesson import Lesson, LessonError, Question, Step, lesson, lesson_names, pieces, read_lesson
from .markup import linked
from .numbers import Claim, RunNumbers, claim, filled

__all__ = [
    "Claim",
    "Lesson",
    "LessonError",
    "Question",
    "RunNumbers",
    "Step",
    "claim",
    "filled",
    "lesson",
    "lesson_names",
    "linked",
    "pieces",
    "read_lesson",
]
