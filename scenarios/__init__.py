"""The documents that come with gameday: incidents, plans, rosters, their JSON Schemas; no code."""
