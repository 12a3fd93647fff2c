import type { ArtifactFilter, Where } from "#contract/where";
import type { Samples } from "./samples";

export interface Filter {
  name: string;
  /** Whether the targets apply to it. */
  named: boolean;
  where(): Where | undefined;
}

/** Filters by what was measured of the data, and by the number of versions: each finds few of the rows. */
export const measures: { name: string; filter: ArtifactFilter }[] = [
  { name: "size in a range", filter: { size: { min: 1500, max: 1501 } } },
  { name: "size is", filter: { size: { any: [1500] } } },
  { name: "rows in a range", filter: { rows: { min: 17 } } },
  { name: "number in a range", filter: { number: { min: 99.9 } } },
  { name: "version in a range", filter: { version: { min: 100 } } },
  { name: "number of versions in a range", filter: { versions: { min: 100 } } },
];

/** The filters of the named queries, which have targets, then other common ones. */
export function filters(samples: Samples): Filter[] {
  const named = (name: string, where: () => Where | undefined): Filter => ({ name, named: true, where });
  const other = (name: string, where: () => Where): Filter => ({ name, named: false, where });
  return [
    named("no filter", () => undefined),
    named("key", () => ({ artifacts: { key: { any: [samples.keys()] } } })),
    named("key with most versions", () => ({ artifacts: { key: { any: [samples.longKeys()] } } })),
    named("type", () => ({ artifacts: { type: { any: [samples.types()] } } })),
    named("flow with many runs", () => ({ flows: { id: { any: [samples.busyFlows().id] } } })),
    named("flow with few runs", () => ({ flows: { id: { any: [samples.quietFlows().id] } } })),
    named("deployment", () => ({ deployments: { id: { any: [samples.deployments()] } } })),
    named("run", () => ({ artifacts: { flowRunId: { any: [samples.runs()] } } })),
    named("key contains a rare word", () => ({ artifacts: { key: { contains: samples.keys().slice(-6) } } })),
    named("key contains a common word", () => ({ artifacts: { key: { contains: "fraud" } } })),
    named("key contains nothing there is", () => ({ artifacts: { key: { contains: "zeppelin" } } })),
    other("flow name", () => ({ flows: { name: { any: [samples.busyFlows().name] } } })),
    other("flow name contains", () => ({ flows: { name: { contains: "training" } } })),
    other("flow name that matches nothing", () => ({ flows: { name: { contains: "zeppelin" } } })),
    other("state FAILED", () => ({ flowRuns: { state: { type: { any: ["FAILED"] } } } })),
    other("state RUNNING", () => ({ flowRuns: { state: { type: { any: ["RUNNING"] } } } })),
    other("tag", () => ({ flowRuns: { tags: { all: [samples.tags()] } } })),
    other("flow run name contains", () => ({ flowRuns: { name: { contains: "-4711" } } })),
    other("task run name contains", () => ({ taskRuns: { name: { contains: "-4711" } } })),
    other("metadata equals", () => ({ artifacts: { metadata: [{ name: "rows", equals: 471 }] } })),
    other("metadata at a path", () => ({
      artifacts: { metadata: [{ name: "source", path: ["bucket"], equals: "eu" }] },
    })),
    other("metadata in a range", () => ({ artifacts: { metadata: [{ name: "rows", min: 471, max: 472 }] } })),
    ...measures.map(({ name, filter }) => other(name, () => ({ artifacts: filter }))),
    other("description contains", () => ({ artifacts: { description: { contains: "step to use. 4711" } } })),
    other("without a run", () => ({ artifacts: { hasRun: false } })),
    other("without a key", () => ({ artifacts: { key: { exists: false } } })),
    other("created in one day", () => ({
      artifacts: { created: { after: "2026-06-01T00:00:00Z", before: "2026-06-02T00:00:00Z" } },
    })),
    other("type and flow", () => ({
      artifacts: { type: { any: ["table"] } },
      flows: { id: { any: [samples.busyFlows().id] } },
    })),
    other("type or key contains", () => ({
      artifacts: { operator: "or", type: { any: ["image"] }, key: { contains: "quality" } },
    })),
  ];
}
