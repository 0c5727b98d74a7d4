"""Telemetry: the state table as the documents tools read, and the answering of looks.

`answers` waits for looks and finds; `projection` is the documents of one second, made of what
`cluster`, `fronts`, `series`, `log_lines` and `records` project; `measured` knows what monitoring
knows; `past` asks the history. May import world's history and pure
physics, shell, stage, journal, brief and ground.
"""

from simulator.world.telemetry.answers import documents_at, play

__all__ = ["documents_at", "play"]
