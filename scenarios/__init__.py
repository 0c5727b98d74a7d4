"""The shipped documents: plans, incidents and rosters. Data only; nothing here is executed."""
