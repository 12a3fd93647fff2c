import { expect, test } from "vitest";
import { similarName } from "./similar-name";

const FIELDS = ["key", "type", "description", "flowRunId", "idempotencyKey", "id"];

test.each([
  ["kee", "key"],
  ["kye", "key"],
  ["desc", "description"],
  ["Description", "description"],
  ["descripton", "description"],
  ["flow_run_id", "flowRunId"],
  ["flow-run-id", "flowRunId"],
  ["idempotency_key", "idempotencyKey"],
  ["ID", "id"],
])("%s means %s", (name, known) => {
  expect(similarName(name, FIELDS)).toBe(known);
});

test.each(["", "x", "get", "author", "x".repeat(100_000)])("%.10s means none", (name) => {
  expect(similarName(name, FIELDS)).toBeUndefined();
});
