import { expect, it } from "vitest";
import { Where } from "#contract/where";
import { toPrefectCollectionFilter, toPrefectFilter } from "./prefect-filters";
import { randomFilters, seededRandom } from "./random-filters";

const ID = "0b8e6d5c-7a1f-4c3e-9d2b-6a5f4e3d2c1b";
const VALUES = {
  artifacts: [ID],
  keys: ["daily-report", "orders"],
  flowRuns: [ID],
  flowRunNames: ["calm-otter"],
  taskRuns: [ID],
  taskRunNames: ["load-1"],
  parents: [ID],
  deployments: [ID],
  deploymentNames: ["nightly"],
  flows: [ID],
  flowNames: ["training"],
  tags: ["prod"],
  timestamps: ["2026-01-01T00:00:00.000000Z"],
};

it("translates names to snake case and operators to a trailing underscore", () => {
  const where = {
    flowRuns: { operator: "or", workQueueName: { any: ["a"] }, state: { type: { notAny: ["FAILED"] } } },
  };
  expect(toPrefectFilter(where)).toEqual({
    flow_runs: { operator: "or_", work_queue_name: { any_: ["a"] }, state: { type: { not_any_: ["FAILED"] } } },
  });
});

it("names the id of a collection's artifact latest_id", () => {
  expect(toPrefectCollectionFilter({ artifacts: { id: { any: [ID] } } })).toEqual({
    artifacts: { latest_id: { any_: [ID] } },
  });
});

it("generates valid filters, the same for a seed", () => {
  const next = randomFilters(VALUES, seededRandom(1));
  const filters = Array.from({ length: 300 }, next);
  for (const filter of filters) expect(Where.safeParse(filter).error).toBeUndefined();
  const again = randomFilters(VALUES, seededRandom(1));
  expect(Array.from({ length: 300 }, again)).toEqual(filters);
  expect(new Set(filters.map((filter) => JSON.stringify(filter))).size).toBeGreaterThan(150);
});
