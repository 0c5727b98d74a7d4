"""Doors of the system as they look from outside: what http, names, certificates and ports answer.

Rule 1: a row that names its `service` answers as that service does in this second: its signals
decide status and seconds; partly failing, each question's own draw decides. Where it names a
`part` of it that metrics tell apart (`class.uploads`), that part answers.
Rule 2: what an author did not write has sensible defaults: a name resolves, a certificate is
valid for some weeks, a port that belongs to a known host answers.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from simulator.clock import DAY
from simulator.journal.units import PPM
from simulator.shell.documents import Row
from simulator.world.facts import entries_of
from simulator.world.surroundings import Surroundings
from simulator.world.telemetry.luck import between, marks

URL: Final = re.compile(r"https?://([A-Za-z0-9.-]+)")
P95_OVER_MEAN: Final = 2.996
"""ln 20: the 95th percentile of an exponential time over its mean (docs/model.md, signals)."""
TTL_S: Final = 60
_TIMED_OUT: Final = 0.95
"""A failure that takes so much of the service's patience was a wait for an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fronts:
    """The doors at one second."""

    around: Surroundings
    at: int
    begins: int
    hosts: dict[str, str]
    """Host people may ask by http -> the service behind it."""

    def http(self, host: str, written: Iterable[Row]) -> list[Row]:
        """What a host serves, by path."""
        rows = [self._served(host, row) for row in written]
        if host in self.hosts and not any(row.get("path") == "*" for row in rows):
            default = {"path": "*", "service": self.hosts[host], "body": ""}
            rows.append(self._served(host, default))
        return rows

    def reached(self, written: Iterable[Row]) -> list[Row]:
        """How connections end: as written, or as the service behind them answers."""
        return [self._reach(row) for row in written]

    def names(self, name: str, hosts: Iterable[str]) -> list[Row]:
        """The addresses of a host nobody wrote records for."""
        chance = self.around.stage.chance
        byte = marks(chance, "address", name)
        if name in self.hosts:
            return [
                {"type": "A", "ttl": TTL_S, "value": f"203.0.113.{10 + (byte[0] % 100) * 2 + n}"}
                for n in (0, 1)
            ]
        if name in hosts:
            value = f"10.20.{64 + byte[0] % 16}.{byte[1] % 250 + 2}"
            return [{"type": "A", "ttl": TTL_S, "value": value}]
        return []

    def certificate(self, host: str) -> list[Row]:
        """A valid certificate for a host that is asked by http."""
        if host not in self.hosts:
            return []
        left = between(self.around.stage.chance, 20 * DAY, 80 * DAY, "certificate", host)
        return [
            {
                "subject": f"CN = {host}",
                "issuer": "C = US, O = Amazon, CN = Amazon RSA 2048 M03",
                "not_after": self.begins + round(left),
            }
        ]

    def _served(self, host: str, row: Row) -> Row:
        service = row.get("service")
        if not isinstance(service, str) or service not in self.around.history.signals:
            return row
        rest = {key: value for key, value in row.items() if key not in ("service", "part")}
        question = f"{host}{row.get('path', '/')}"
        failed, seconds, silent = self._answer(service, question, str(row.get("part", "")))
        if not failed:
            return {"status": 200, **rest, "seconds": round(seconds, 3)}
        body = rest.pop("failed_body", "upstream unavailable\n")
        status = rest.pop("failed_status", 504 if silent else 503)
        return {**rest, "status": status, "seconds": round(seconds, 3), "body": body}

    def _answer(self, service: str, question: str, part: str) -> tuple[bool, float, bool]:
        """Whether this second's request fails, after how long, and whether by silence."""
        whole = self.around.history.signal_at(service, self.at)
        signals = {**whole, **_of_part(whole, part)}
        errors = signals["errors"] / PPM
        mean = signals["p95"] / 1000 / P95_OVER_MEAN
        shown = signals["latency"] / 1000
        chance = self.around.stage.chance
        patience = self.around.scenario.system.services[service].tau
        if chance.unit("telemetry", "answers", question, str(self.at)) < errors:
            # The panel's latency is a mix of both; what is left of it failed.
            seconds = max(0.001, (shown - (1 - errors) * mean) / errors)
            return True, min(patience, seconds), seconds >= _TIMED_OUT * patience
        spread = between(chance, 0.6, 1.6, "takes", question, str(self.at))
        return False, min(patience, max(0.001, mean * spread)), False

    def _reach(self, row: Row) -> Row:
        service = row.get("service")
        if not isinstance(service, str) or service not in self.around.history.signals:
            return row
        rest: dict[str, Any] = {key: value for key, value in row.items() if key != "service"}
        signals = self.around.history.signal_at(service, self.at)
        if signals["ready"] == 0:
            return {"seconds": 0.002, **rest, "ends": "refused"}
        patience = self.around.scenario.system.services[service].tau
        if signals["errors"] >= _DOWN:
            silent = signals["latency"] / 1000 >= _TIMED_OUT * patience
            ends = {"ends": "timeout", "seconds": 130} if silent else {"ends": "refused"}
            return {"seconds": 0.002, **rest, **ends}
        return {"ends": "ok", "seconds": round(0.02 + signals["p95"] / 1000, 3), **rest}


def _of_part(signals: Mapping[str, int], part: str) -> dict[str, int]:
    """The signals of a part under the names a service has them by."""
    head = f"{part}."
    return {name.removeprefix(head): n for name, n in signals.items() if name.startswith(head)}


_DOWN: Final = 995_000


def hosts_of(around: Surroundings) -> dict[str, str]:
    """Hosts asked by http in the scenario's own lines and records, and the service behind each."""
    entries = entries_of(around)
    first = next(iter(entries), "")
    found: dict[str, str] = {}
    for look in around.scenario.looks.values():
        for line in look.lines:
            for host in URL.findall(line):
                behind = look.of if look.of in entries else first
                found.setdefault(host.lower(), behind or first)
    for record in around.scenario.records:
        kind, _, host = record.kind.partition("/")
        if kind == "http":
            own = record.row.get("service") if isinstance(record.row, dict) else None
            found.setdefault(host.partition(":")[0], str(own or first))
    return {host: service for host, service in found.items() if service}
