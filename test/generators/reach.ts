import { z } from "zod";
import type { Database } from "#db/postgres";
import { TABLES } from "#server/models/reach";
import { inputSchemas, procedures } from "#server/routers/procedures";
import { callerOn } from "#test/caller";
import type { FreshDatabase } from "#test/database";

/** By the name of a field of inputs, values for it. */
export type FieldValues = Record<string, unknown[]>;

/** Fields that name rows anywhere, rows outside of `reports/` alone, and any field of a mutation of runs. */
export interface Fields {
  everywhere: FieldValues;
  outside: FieldValues;
  mutable: FieldValues;
}

/** Fills a database with rows of all kinds inside of `reports/*`, outside, and without a key. */
export async function fillBoth(whole: Pick<FreshDatabase, "pools">): Promise<Fields> {
  const call = callerOn(whole);
  const state = { type: "COMPLETED" as const };
  const times = { startTime: "2026-11-20T10:00:00Z", endTime: "2026-11-20T10:01:00Z" };
  const produce = async (side: string, key: string) => {
    const flow = await call.flow.create({ name: `flow-${side}`, tags: [side] });
    const deployment = await call.deployment.create({ flowId: flow.id, name: `deployment-${side}`, tags: [side] });
    const run = { flowId: flow.id, deploymentId: deployment.id, tags: [side], state, ...times };
    const flowRun = await call.flowRun.create({ ...run, name: `run-${side}` });
    const idle = await call.flowRun.create({ ...run, name: `idle-${side}` });
    const taskRun = await call.taskRun.create({
      ...{ flowRunId: flowRun.id, taskKey: `task-${side}`, dynamicKey: "0", tags: [side], state },
      ...times,
    });
    const runs = { flowRunId: flowRun.id, taskRunId: taskRun.id };
    const metadata = { side };
    const create = (data: unknown, type = "table") =>
      call.artifact.create({ key, type, data: data as [], metadata, description: `of ${side}`, ...runs });
    const ids: string[] = [];
    for (const n of [1, 2, 3]) ids.push((await create([{ n, side }])).id);
    const [first = "", second = ""] = ids;
    await call.artifact.update({ id: first, data: [{ n: 0, side }], description: `changed ${side}`, reason: side });
    await call.artifact.remove({ id: second, reason: side });
    await call.collection.label({ key, label: "production", version: 1 });
    await call.collection.pin({ key });
    await call.collection.markRead({ key, version: 1 });
    await call.artifact.create({ key: `${key}-2`, type: "progress", data: 5 });
    return { flow, deployment, flowRun, idle, taskRun, ids };
  };
  const inside = await produce("inside", "reports/a");
  const others = await produce("outside", "other-a");
  // A task run outside of a flow run that is inside, and what no key pattern reaches.
  const task = await call.taskRun.create({ flowRunId: inside.flowRun.id, taskKey: "more", dynamicKey: "0" });
  await call.artifact.create({ key: "other-a", data: 1, taskRunId: task.id });
  const keyless = await call.artifact.create({ data: 1, flowRunId: others.flowRun.id });
  const idle = await call.flow.create({ name: "idle" });
  await call.artifact.create({ key: "other-renamed", data: 1 });
  await call.collection.rename({ key: "other-renamed", to: "reports/renamed" });
  const both = await call.collection.removeMany({ keys: ["reports/a-2", "other-a-2"] });

  const idsOf = ({ flow, deployment, flowRun, taskRun, ids }: typeof inside) => [
    ...[flow, deployment, flowRun, taskRun].map(({ id }) => id),
    ...ids,
  ];
  const nowhere = "0199b3c8-0000-7000-8000-00000000000a";
  const more = [others.idle.id, inside.idle.id, idle.id, task.id, keyless.id, nowhere];
  const common = {
    version: [1, 2],
    label: ["production"],
    revision: [1],
    description: ["changed"],
    start: ["2026-11-20T00:00:00Z"],
    end: ["2026-11-21T00:00:00Z"],
    interval: [3600],
    by: ["state", "flowRun", "flow"],
    measure: ["rows"],
    all: [true],
    kind: ["artifacts"],
    state: [{ type: "RUNNING" }],
    add: [["new"]],
    query: ["a", "reports or -other"],
    until: ["2026-11-20T00:00:00Z"],
  };
  const outside: FieldValues = {
    ...common,
    id: [...idsOf(others), ...more],
    ids: [[...idsOf(others), ...more]],
    key: ["other-a", "other-a-2", "reports", "nowhere"],
    keys: [["other-a", "other-a-2", "nowhere"]],
    removal: [nowhere],
    items: [[{ key: "other-a" }], [{ key: "reports/x" }, {}]],
    name: ["flow-outside", "idle", "deployment-outside"],
    flow: ["flow-outside", "idle"],
    labels: [["production"]],
    to: ["other-new", "reports/new"],
  };
  // Fields of procedures that are refused, whatever they name.
  const mutable = {
    ...outside,
    taskKey: ["t"],
    dynamicKey: ["0"],
    flowId: [inside.flow.id],
    backup: [nowhere],
    role: ["read"],
  };
  const and = (name: string, more: unknown[]) => [...more, ...(outside[name] ?? [])];
  const everywhere = {
    ...outside,
    id: and("id", idsOf(inside)),
    ids: [[...idsOf(inside), ...idsOf(others), ...more]],
    key: and("key", ["reports/a", "reports/a-2", "reports/renamed"]),
    keys: [["reports/a", "reports/a-2", "other-a", "nowhere"]],
    removal: [both.removal],
    name: and("name", ["flow-inside", "deployment-inside"]),
    flow: and("flow", ["flow-inside"]),
    where: [
      { artifacts: { key: { any: ["other-a", "reports/a"] } } },
      { artifacts: { key: { contains: "a" }, hasRun: true } },
      { artifacts: { id: { any: [...others.ids, keyless.id] } } },
      { artifacts: { label: { exists: true }, versions: { min: 1 } } },
      { artifacts: { key: { exists: false } } },
      { artifacts: { metadata: [{ name: "side", equals: "outside" }] } },
      { flowRuns: { id: { any: [inside.flowRun.id, others.flowRun.id] } } },
      { flowRuns: {} },
      { taskRuns: { tags: { any: ["outside", "inside"] } } },
      { flows: { name: { any: ["flow-outside"] } } },
      { flows: { name: { like: "flow" } } },
      { deployments: { tags: { any: ["outside", "inside"] } } },
      { key: "other-a" },
      { keyContains: "-2" },
    ],
  };
  return { everywhere, outside, mutable };
}

/** Copies all tables, then deletes what is outside of `reports/*`: by other words than those of the program. */
export async function copyInside(from: Database, to: Database): Promise<void> {
  await to.transaction(async (tx) => {
    await tx.execute("set local session_replication_role = replica");
    for (const table of TABLES) {
      const [row] = await from.execute(`select coalesce(json_agg(t), '[]')::text as rows from "${table}" t`);
      const rows = `$copied$${row?.rows}$copied$::json`;
      await tx.execute(`delete from "${table}"`);
      await tx.execute(
        `insert into "${table}" overriding system value select * from json_populate_recordset(null::"${table}", ${rows})`,
      );
    }
    await tx.execute(`select setval(pg_get_serial_sequence(table_name, column_name), 1000000)
      from information_schema.columns where table_schema = 'public' and is_identity = 'YES'`);
    for (const table of [
      "artifact",
      "artifact_trash",
      "artifact_collection",
      "collection_key",
      "label",
      "key_redirect",
      "collection_about",
      "pin",
      "read_mark",
      "event",
      "search_latest",
      "search_pending",
    ]) {
      await tx.execute(`delete from ${table} where key is null or key !~ '^reports/'`);
    }
    await tx.execute("delete from view where owner_id is null");
    for (const [table, which] of [
      ["event", "verb = 'collection.rename' and before ->> 'key' !~ '^reports/'"],
      ["artifact_revision", "artifact_id not in (select id from artifact union select id from artifact_trash)"],
      ["task_run", "id not in (select task_run_id from artifact where task_run_id is not null)"],
      ["flow_run", "id not in (select flow_run_id from artifact where flow_run_id is not null)"],
      ["deployment", "id not in (select deployment_id from flow_run where deployment_id is not null)"],
      ["flow", "id not in (select flow_id from flow_run)"],
    ]) {
      await tx.execute(`delete from ${table} where ${which}`);
    }
  });
}

/** Everything outside of `reports/*`, and all runs, as they are stored. */
export async function outsideOf(db: Database): Promise<unknown[]> {
  const stored = [];
  for (const table of [
    "artifact",
    "artifact_trash",
    "artifact_collection",
    "label",
    "collection_about",
    "pin",
    "read_mark",
  ]) {
    stored.push(await db.execute(`select * from ${table} where key is null or key !~ '^reports/'`));
  }
  for (const table of ["artifact_revision", "flow", "deployment", "flow_run", "task_run"]) {
    stored.push(await db.execute(`select * from ${table}`));
  }
  return stored;
}

const Schema = z.object({
  anyOf: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.object({ enum: z.array(z.unknown()).optional() }).loose()).default({}),
  required: z.array(z.string()).default([]),
});

/** Inputs of a procedure, from its own schema: all values of each required field, and each of some optional ones by itself. */
export function inputsOf(path: string, from: FieldValues): unknown[] {
  const procedure = procedures.get(path);
  const [schema] = procedure ? inputSchemas(procedure) : [];
  if (!schema) return [undefined];
  return shapesOf(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" })).flatMap(
    ({ properties, required: always }) => {
      const required = "add" in properties ? [...always, "add"] : always;
      const base = required.reduce<Record<string, unknown>[]>(
        (inputs, field) => {
          const each = from[field];
          if (!each) throw new Error(`${path} requires "${field}": add values for it.`);
          return inputs.flatMap((input) => each.map((value) => ({ ...input, [field]: value })));
        },
        [{}],
      );
      const optional = Object.entries(properties).flatMap(([field, { enum: options }]): Record<string, unknown>[] => {
        if (required.includes(field)) return [];
        if (field === "asOf") return [{ asOf: "2000-01-01T00:00:00Z" }, { asOf: "2100-01-01T00:00:00Z" }];
        if (field === "pinned") return [{ pinned: true }, { pinned: false }];
        if (field === "include") return [{ include: ["data", "preview"] }];
        if (field === "where") return (from.where ?? []).map((where) => ({ where }));
        return field === "sort" ? (options ?? []).map((sort) => ({ sort })) : [];
      });
      const [first] = base;
      return [...base, ...optional.map((more) => ({ ...first, ...more }))];
    },
  );
}

function shapesOf(schema: unknown): z.infer<typeof Schema>[] {
  const parsed = Schema.parse(schema);
  return parsed.anyOf ? parsed.anyOf.flatMap(shapesOf) : [parsed];
}
