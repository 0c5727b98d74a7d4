"""What somebody may say of the drill they want to write."""

SAID = {
    "id": "orders-fail",
    "title": "Orders fail",
    "organisation": "A small shop",
    "plan": "fraiseql",
    "kind": "deploy",
    "service": "checkout",
    "store": "orders-db",
    "vendor": "payments",
}
