"""Publishes and reads over HTTP, with the standard library alone."""

import json
import os
import urllib.error
import urllib.parse
import urllib.request

URL = os.environ.get("VITRINE_URL", "http://127.0.0.1:4400")
HEADERS = {"content-type": "application/json"}
if key := os.environ.get("VITRINE_API_KEY"):
    HEADERS["authorization"] = f"Bearer {key}"


def send(request: urllib.request.Request):
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)["result"]["data"]
    except urllib.error.HTTPError as failed:
        error = json.load(failed)["error"]
        raise RuntimeError(f"{error['data']['code']}: {error['message']}") from None


def mutate(procedure: str, given: dict):
    body = json.dumps(given).encode()
    return send(urllib.request.Request(f"{URL}/api/trpc/{procedure}", body, HEADERS))


def query(procedure: str, given: dict):
    text = urllib.parse.quote(json.dumps(given))
    return send(urllib.request.Request(f"{URL}/api/trpc/{procedure}?input={text}", headers=HEADERS))


rows = [{"city": "Oslo", "orders": 41}, {"city": "Bergen", "orders": 17}]
# Sent again, the same idempotency key returns the same version.
published = mutate(
    "artifact.create",
    {"key": "orders", "type": "table", "data": rows, "idempotencyKey": "orders-of-2026-11-28"},
)
print(f"{URL}/artifacts/{published['id']}")

latest = query("collection.latest", {"key": "orders"})
print(latest["version"], latest["data"])

tables = {"artifacts": {"type": {"any": ["table"]}}}
for row in query("collection.list", {"where": tables, "limit": 10}):
    print(row["key"], row["version"])

try:
    query("collection.latest", {"key": "no-such-key"})
except RuntimeError as error:
    print(error)
