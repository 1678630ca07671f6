"""What the researcher states: participants and their consent, the design, findings."""
