"""What a decision cost: the same second played on twice, as it was and as it could have been.

May import what debrief imports; pure: no pool, no clock, no file. `session.regret` plays the many.
"""
