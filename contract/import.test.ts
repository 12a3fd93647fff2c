import { describe, expect, it } from "vitest";
import { issueOf } from "#test/schema";
import {
  AdminImport,
  AdminKnown,
  ArtifactImport,
  DeploymentImport,
  FlowImport,
  FlowRunImport,
  ImportKind,
  TaskRunImport,
} from "./import";

const ID = "0198c0de-0000-7000-8000-000000000001";
const TIME = "2026-11-23T03:45:00Z";
const ORIGIN = { id: ID, created: TIME, updated: TIME };
const STATE = { type: "RUNNING", name: "Running", timestamp: TIME };
const ROWS = {
  flows: { ...ORIGIN, name: "f" },
  deployments: { ...ORIGIN, name: "d", flowId: ID },
  flowRuns: { ...ORIGIN, name: "r", flowId: ID, state: STATE },
  taskRuns: { ...ORIGIN, name: "t", taskKey: "k", dynamicKey: "0", state: STATE },
  artifacts: { ...ORIGIN, key: "a", previous: ID },
};
const SCHEMAS = {
  flows: FlowImport,
  deployments: DeploymentImport,
  flowRuns: FlowRunImport,
  taskRuns: TaskRunImport,
  artifacts: ArtifactImport,
};

describe.each(ImportKind.options)("imported %s", (kind) => {
  const [schema, row] = [SCHEMAS[kind], ROWS[kind]];

  it("keep their id and timestamps", () => {
    expect(schema.parse(row)).toMatchObject(row);
    for (const field of Object.keys(ORIGIN)) {
      const rest = Object.fromEntries(Object.entries(row).filter(([name]) => name !== field));
      expect(issueOf(schema, rest)).toMatch(new RegExp(`^${field}: `));
      expect(issueOf(schema, { ...row, [field]: null })).toMatch(new RegExp(`^${field}: `));
    }
  });
});

describe.each(["flowRuns", "taskRuns"] as const)("imported %s", (kind) => {
  const [schema, row] = [SCHEMAS[kind], ROWS[kind]];

  it("have a name and, unless null, a state with name and timestamp", () => {
    expect(issueOf(schema, { ...row, state: null })).toBeNull();
    expect(issueOf(schema, { ...row, name: null })).toMatch(/^name: /);
    expect(issueOf(schema, { ...row, state: { ...STATE, timestamp: undefined } })).toMatch(/^state.timestamp: /);
    expect(issueOf(schema, { ...row, state: { ...STATE, name: null } })).toMatch(/^state.name: /);
    for (const [field, value] of [
      ["name", "n".repeat(256)],
      ["state", { ...STATE, name: "n".repeat(256) }],
    ]) {
      expect(issueOf(schema, { ...row, [String(field)]: value })).toMatch(/must have at most/);
    }
    expect(issueOf(schema, { ...row, name: "n".repeat(255), state: { ...STATE, name: "n".repeat(255) } })).toBeNull();
  });
});

it("an imported artifact has no idempotency key, and may be the first of its key", () => {
  expect(issueOf(ArtifactImport, { ...ROWS.artifacts, idempotencyKey: "once" })).toMatch(/is unknown/);
  for (const previous of [null, undefined]) expect(issueOf(ArtifactImport, { ...ROWS.artifacts, previous })).toBeNull();
  expect(issueOf(ArtifactImport, { ...ROWS.artifacts, previous: "x" })).toMatch(/^previous: /);
});

describe("AdminImport", () => {
  it("needs no kind of rows", () => {
    expect(AdminImport.parse({})).toEqual({ flows: [], deployments: [], flowRuns: [], taskRuns: [], artifacts: [] });
    expect(issueOf(AdminImport, { other: [] })).toMatch(/is unknown/);
    for (const kind of ImportKind.options) {
      expect(AdminImport.parse({ [kind]: [ROWS[kind]] })[kind]).toHaveLength(1);
      expect(issueOf(AdminImport, { [kind]: [{}] })).toMatch(new RegExp(`^${kind}\\[0\\]`));
    }
  });

  it("takes at most 500 rows of all kinds together", () => {
    const rows = (flows: number, artifacts: number) => ({
      flows: Array.from({ length: flows }, () => ROWS.flows),
      artifacts: Array.from({ length: artifacts }, () => ROWS.artifacts),
    });
    expect(issueOf(AdminImport, rows(500, 0))).toBeNull();
    expect(issueOf(AdminImport, rows(250, 250))).toBeNull();
    expect(issueOf(AdminImport, rows(250, 251))).toBe("must hold at most 500 rows in all");
  });
});

it("AdminKnown takes up to 1,000 ids of one kind", () => {
  const ids = (length: number) => Array.from({ length }, () => ID);
  for (const kind of ImportKind.options) expect(issueOf(AdminKnown, { kind, ids: ids(1000) })).toBeNull();
  expect(issueOf(AdminKnown, { kind: "flows", ids: [] })).toBeNull();
  expect(issueOf(AdminKnown, { kind: "flows", ids: ids(1001) })).toMatch(/^ids: must have at most/);
  expect(issueOf(AdminKnown, { kind: "states", ids: [] })).toMatch(/^kind: /);
  expect(issueOf(AdminKnown, { kind: "flows", ids: [], other: 1 })).toMatch(/is unknown/);
});
