"""Events: who did what, when, and what it changed. They are added to and never altered."""

from __future__ import annotations

from typing import Any

from django.db import models

from makna.record.models.people import Person, Study


class Way(models.TextChoices):
    """How an event came about."""

    DONE = "done"
    UNDONE = "undone"  # takes an event back
    REDONE = "redone"  # takes an undo back
    RESTORED = "restored"  # takes everything back up to a moment


class Event(models.Model):
    """One action of one person. *changes* are the rows it touched, with what they were before and after.

    An undo is an event of its own that names the event it *undoes*; a redo names the undo.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="events")
    person = models.ForeignKey(Person, models.PROTECT, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    action = models.CharField(max_length=40)
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.DONE)
    said = models.JSONField(default=dict)  # what the action was told
    changes = models.JSONField(
        default=list
    )  # of [model, primary key, before, after]; null where there is no row
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")

    class Meta:
        indexes = (models.Index(fields=["study", "person", "way", "id"], name="events_of_a_person"),)

    def __str__(self) -> str:
        return f"{self.action} {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the event; an event that stands cannot be changed (raises TypeError)."""
        if self.pk is not None:
            raise TypeError("An event is never altered.")
        super().save(*args, **kwargs)
