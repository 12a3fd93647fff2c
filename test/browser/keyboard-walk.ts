import type { Vitrine } from "#client/connect";

/** Every page of the product with something on it, as name and path. */
export async function everyPage(vitrine: Vitrine, key: string): Promise<[string, string][]> {
  const flow = await vitrine.flow.create.mutate({ name: key });
  const run = await vitrine.flowRun.create.mutate({ flowId: flow.id, state: { type: "COMPLETED" } });
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
  const shown = [
    await publish("markdown", "markdown", markdown),
    await publish("table", "table", table),
    await publish("link", "link", { url: "https://example.org" }),
    await publish("image", "image", "https://example.org/far.png"),
    await publish("progress", "progress", 40),
    await publish("json", "json", { a: [1, { b: null }] }),
  ];
  const older = shown[0]?.id ?? "";
  const newer = await publish("markdown", "markdown", "# Second");
  const removed = await publish("removed", "markdown", "x");
  await vitrine.artifact.remove.mutate({ id: removed.id });
  return [
    ["the latest", "/artifacts"],
    ["all versions", "/artifacts?versions=all"],
    ["without a key", "/artifacts?keys=none"],
    ["nothing matches", "/artifacts?key=no-such-key-at-all"],
    ...shown.map(({ id, type }): [string, string] => [`${type}`, `/artifacts/artifact/${id}`]),
    ["raw", `/artifacts/artifact/${older}?tab=raw`],
    ["edit", `/artifacts/artifact/${older}?tab=edit`],
    ["history", `/artifacts/key/${key}-markdown`],
    ["compare", `/artifacts/compare?to=${newer.id}`],
    ["filtered by producer", `/artifacts?flow=${key}&state=COMPLETED`],
    ["runs", "/runs"],
    ["flow run", `/runs/flow-run/${run.id}`],
    ["unknown run", "/runs/flow-run/0199b3c8-0000-7000-8000-000000000000"],
    ["removed version", `/artifacts/artifact/${removed.id}`],
    ["removed key", `/artifacts/key/${key}-removed`],
    ["trash", "/trash"],
    ["sign in", "/sign-in"],
    ["not found", "/nowhere"],
  ];
}
