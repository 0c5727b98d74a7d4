"""The debrief: a journal becomes a scorecard, a replay, another way it could have gone.

May import the drill, the stage, the journal and the brief; nothing here reads a clock, a file or
chance. `score` is pure: the same entries under the same plan and scenario give the same card.
"""
