"""The engine's own words: verbs are the engine's, words are the plan's (docs/response.md).

Rule 1: a plan or scenario names these; it never adds to them.
Rule 2: a plan gives each role, level and status the word its people say.
"""

from typing import Final, Literal, TypeAlias, get_args

Role: TypeAlias = Literal[
    "on_call", "backup", "manager", "commander", "tech_lead", "comms_lead", "scribe", "sme",
    "security_lead", "support_lead", "product_manager", "service_owner", "director", "executive",
    "legal", "vendor",
]  # fmt: skip
ActionKind: TypeAlias = Literal[
    "runbook", "restart", "rollback", "scale", "flag", "rate_limit", "breaker", "traffic_shift",
    "failover", "restore_data", "kill_query", "revoke", "isolate", "config", "maintenance_page",
    "load_test", "hotfix", "schema", "infrastructure", "vendor", "customer_message", "evidence",
]  # fmt: skip
ViewKind: TypeAlias = Literal[
    "metrics", "logs", "traces", "deploys", "config", "infrastructure", "database", "network",
    "dependency", "vendor", "audit", "tickets", "reproduce", "colleague", "alerts",
]  # fmt: skip
MarkName: TypeAlias = Literal[
    "impact", "fired", "mitigated", "restored", "relapsed",
    "acknowledged", "declared", "graded", "identified", "resolved", "closed",
]  # fmt: skip
"""What a time may run from; `graded` is the second the present level became the declared one."""
Competency: TypeAlias = Literal[
    "detection", "diagnosis", "mitigation", "communication", "coordination", "documentation",
]  # fmt: skip
AlertRank: TypeAlias = Literal["critical", "high", "medium", "low"]
"""How a scenario ranks its alert rules; each plan maps the rank to a level of its own."""
MessageUse: TypeAlias = Literal[
    "declaration", "update", "resolution", "status_page", "customer_notice", "customer_resolution",
    "escalation", "handover", "stakeholder", "social", "report", "security", "data_loss",
    "maintenance",
]  # fmt: skip
FieldType: TypeAlias = Literal[
    "level", "status", "impact", "cause", "next_update", "eta", "time", "duration", "people",
    "place", "number", "actions", "text",
]  # fmt: skip
"""What a template's field holds. All but `text` are checked for content (a fact, a time)."""

SHARES: Final = frozenset({"errors", "traffic_share", "user_share", "budget"})
"""Facts from 0 to 1; a queue makes `saturation` more than that."""
ROLES: Final[tuple[Role, ...]] = get_args(Role)
ACTION_KINDS: Final[tuple[ActionKind, ...]] = get_args(ActionKind)
VIEW_KINDS: Final[tuple[ViewKind, ...]] = get_args(ViewKind)
ALERT_RANKS: Final[tuple[AlertRank, ...]] = get_args(AlertRank)

FACTS: Final[dict[str, str]] = {
    "errors": "share of customer requests that fail",
    "traffic_share": "share of customer traffic that is affected",
    "p95_ms": "slowest customer p95, milliseconds",
    "p95_ratio": "slowest customer p95 over its baseline",
    "users": "users hit so far",
    "user_share": "users hit so far, of all",
    "saturation": "fullest customer-facing service",
    "revenue_per_h": "money lost an hour, dollars",
    "budget": "error budget left, share",
    "service_down": "services that answer nothing",
    "data": "ok, at_risk or lost",
    "breach": "none, suspected or confirmed",
    "vulnerability": "none, disclosed or exploited",
    "payment": "ok, partial or down",
    "login": "ok, partial or down",
    "region": "ok or down",
    "vendor": "ok or down",
    "customers": "one, several or all",
    "core": "yes or no: a core function is hit",
    "cosmetic": "yes or no: only looks are hit",
    "alerts": "alerts firing that belong to the incident",
    "tickets": "new customer reports in the last five minutes",
}
"""What a level may ask about, and what it means."""
RankedFact: TypeAlias = Literal["data", "breach", "vulnerability"]
RANKED: Final[dict[str, tuple[str, str, str]]] = {
    "data": ("ok", "at_risk", "lost"),
    "breach": ("none", "suspected", "confirmed"),
    "vulnerability": ("none", "disclosed", "exploited"),
}
"""Facts that get worse by degrees: well, to be feared, shown to be so."""
