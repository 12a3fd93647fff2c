import type { Vitrine } from "#client/connect";

/** Pages with the layout of another one, by their names. */
export const VARIANTS = [
  ...["without key", "no matches", "link", "progress", "older version", "unknown version", "without a key"],
  ...[
    "unknown run",
    "unknown flow",
    "runs by flow",
    "no runs",
    "unknown deployment",
    "empty deployment",
    "deleted key",
  ],
];

/** Publishes artifacts and returns the name and path of every page, each with content. */
export async function everyPage(vitrine: Vitrine, key: string): Promise<[string, string][]> {
  const flow = await vitrine.flow.create.mutate({ name: key });
  const parameters = { day: 7, cities: ["Oslo", "Bergen"] };
  const deployment = await vitrine.deployment.create.mutate({
    flowId: flow.id,
    name: "nightly",
    description: "Loads a *day*",
    tags: ["eu"],
    entrypoint: "flows/with/a/long/path/to/the/file.py:load",
    parameters,
    parameterOpenapiSchema: { type: "object", properties: { day: { type: "integer" } } },
  });
  const empty = await vitrine.deployment.create.mutate({ flowId: flow.id, name: "empty" });
  const state = { type: "FAILED", message: "It failed" } as const;
  const run = await vitrine.flowRun.create.mutate({
    flowId: flow.id,
    deploymentId: deployment.id,
    parameters,
    tags: ["a"],
    state,
  });
  const task = await vitrine.taskRun.create.mutate({ flowRunId: run.id, taskKey: "load", dynamicKey: "0", state });
  const publish = (name: string, type: string, data: Parameters<Vitrine["artifact"]["create"]["mutate"]>[0]["data"]) =>
    vitrine.artifact.create.mutate({
      key: `${key}-${name}`,
      type,
      data,
      description: "A *short* word about it",
      metadata: { rows: 2, source: "test" },
      flowRunId: run.id,
    });
  const markdown =
    "# Title\n\nText with [a link](https://example.org).\n\n![far](https://example.org/a.png)\n\n- [x] done\n\n```js\n1\n```\n";
  const table = [
    { city: "Oslo", people: 709037 },
    { city: "Bergen", people: 291940 },
  ];
  const artifacts = [
    await publish("markdown", "markdown", markdown),
    await publish("table", "table", table),
    await publish("link", "link", { url: "https://example.org" }),
    await publish("image", "image", "https://example.org/far.png"),
    await publish("progress", "progress", 40),
    await publish("json", "json", { a: [1, { b: null }] }),
  ];
  const older = artifacts[0]?.id ?? "";
  await vitrine.artifact.create.mutate({ key: `${key}-task`, data: 1, flowRunId: run.id, taskRunId: task.id });
  const keyless = await vitrine.artifact.create.mutate({ type: "number", data: 12.5, metadata: { empty: "" } });
  const newer = await publish("markdown", "markdown", "# Second");
  const deleted = await publish("deleted", "markdown", "x");
  await vitrine.artifact.remove.mutate({ id: deleted.id });
  return [
    ["the latest", "/artifacts"],
    ["all versions", "/artifacts?versions=all"],
    ["without key", "/artifacts?keys=none"],
    ["no matches", "/artifacts?key=no-such-key-at-all"],
    ...artifacts.map(({ id, type }): [string, string] => [`${type}`, `/artifacts/artifact/${id}`]),
    ["raw", `/artifacts/artifact/${older}?tab=raw`],
    ["edit", `/artifacts/artifact/${older}?tab=edit`],
    ["history", `/artifacts/key/${key}-markdown`],
    ["older version", `/artifacts/key/${key}-markdown?version=1`],
    ["unknown version", `/artifacts/key/${key}-markdown?version=99`],
    ["without a key", `/artifacts/artifact/${keyless.id}`],
    ["unread", "/artifacts/unread"],
    ["compare", `/artifacts/compare?to=${newer.id}`],
    ["filtered", `/artifacts?flow=${key}&state=FAILED&tags=a&where=type!=image;metadata.owner!`],
    ["runs", "/runs"],
    ["flow run", `/runs/flow-run/${run.id}`],
    ["task run", `/runs/task-run/${task.id}`],
    ["unknown run", "/runs/flow-run/0199b3c8-0000-7000-8000-000000000000"],
    ["deployment", `/runs/deployment/${deployment.id}`],
    ["flow", `/runs/flow/${flow.id}`],
    ["unknown flow", "/runs/flow/0199b3c8-0000-7000-8000-000000000000"],
    ["no runs", "/runs?state=PAUSED"],
    ["runs by flow", "/runs?group=flow&where=state!=PAUSED;tag!=none"],
    ["empty deployment", `/runs/deployment/${empty.id}`],
    ["unknown deployment", "/runs/deployment/0199b3c8-0000-7000-8000-000000000000"],
    ["deleted version", `/artifacts/artifact/${deleted.id}`],
    ["deleted key", `/artifacts/key/${key}-deleted`],
    ["trash", "/trash"],
    ["people", "/settings/people"],
    ["API keys", "/settings/keys"],
    ["protected labels", "/settings/labels"],
    ["audit log", "/settings/audit"],
    ["sign in", "/sign-in"],
    ["not found", "/nowhere"],
  ];
}
