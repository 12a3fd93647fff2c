/** An example of each procedure, for the reference. Tests compile them, and run them in this order with `vitrine` alone. */
export const EXAMPLES: Record<string, string> = {
  "artifact.create": `
const version = await vitrine.artifact.create.mutate({
  key: "daily-report",
  type: "markdown",
  data: "# All is well",
  description: "What happened today",
  idempotencyKey: "report-of-2026-11-28",
});
console.log(version.id, version.version);`,
  "artifact.createMany": `
const items = [41, 17].map((orders) => ({ key: "orders", type: "progress", data: orders }));
const versions = await vitrine.artifact.createMany.mutate({ items });
console.log(versions.map(({ version }) => version));`,
  "artifact.makeLatest": `
const { version, restoredFrom, unchanged } = await vitrine.artifact.makeLatest.mutate({ key: "orders", version: 1 });
console.log(unchanged ? "It is the same already." : [version, restoredFrom]);`,
  "artifact.read": `
const { data, older } = await vitrine.artifact.read.query({ key: "daily-report", version: 1 });
console.log(data, older);`,
  "artifact.list": `
const tables = await vitrine.artifact.list.query({ where: { artifacts: { type: { any: ["table"] } } }, limit: 10 });
console.log(tables.length);`,
  "artifact.page": `
const first = await vitrine.artifact.page.query({ sort: "CREATED_ASC", include: ["data"] });
const second = first.next && (await vitrine.artifact.page.query({ sort: "CREATED_ASC", cursor: first.next }));
console.log(first.items[0]?.data, second && second.items.length);`,
  "artifact.count": `
const many = await vitrine.artifact.count.query({ atMost: 10_000 });
console.log(many > 10_000 ? "more than 10,000" : many);`,
  "artifact.facets": `
const { types } = await vitrine.artifact.facets.query({ where: { artifacts: { created: { after: "2026-01-01T00:00:00Z" } } } });
for (const { value, count } of types) console.log(value, count);`,
  "artifact.update": `
const { id, updated } = await vitrine.artifact.read.query({ key: "daily-report", version: 1 });
await vitrine.artifact.update.mutate({ id, description: "Checked by Ann", ifUpdated: updated });`,
  "artifact.tagMany": `
const { id } = await vitrine.artifact.read.query({ key: "daily-report", version: 1 });
const { changed } = await vitrine.artifact.tagMany.mutate({ ids: [id], add: ["checked"] });
console.log(changed.length);`,
  "artifact.history": `
const { id } = await vitrine.collection.latest.query({ key: "daily-report" });
const { items } = await vitrine.artifact.history.query({ id });
console.log(items.map(({ time, actor, verb, reason }) => [time, actor?.name, verb, reason]));`,
  "artifact.revisions": `
const { id } = await vitrine.collection.latest.query({ key: "daily-report" });
for (const { revision, time, actor, changed } of await vitrine.artifact.revisions.query({ id })) {
  console.log(revision, time, actor?.name, changed);
}`,
  "artifact.revision": `
const { id } = await vitrine.collection.latest.query({ key: "daily-report" });
const [last] = await vitrine.artifact.revisions.query({ id, limit: 1 });
if (last) console.log((await vitrine.artifact.revision.query({ id, revision: last.revision })).data);`,
  "artifact.revert": `
const { id } = await vitrine.collection.latest.query({ key: "daily-report" });
const [last] = await vitrine.artifact.revisions.query({ id, limit: 1 });
if (last) await vitrine.artifact.revert.mutate({ id, revision: last.revision, reason: "Edited by mistake" });`,
  "artifact.remove": `
const { id } = await vitrine.artifact.read.query({ key: "orders", version: 2 });
const { latest } = await vitrine.artifact.remove.mutate({ id });
console.log(latest);`,
  "artifact.removeMany": `
const rows = await vitrine.artifact.list.query({ where: { artifacts: { key: { any: ["orders"] } } } });
const { removal, missing } = await vitrine.artifact.removeMany.mutate({ ids: rows.map(({ id }) => id) });
console.log(removal, missing);`,
  "artifact.restore": `
const [deleted] = await vitrine.trash.list.query({ where: { key: "orders" }, limit: 1 });
if (deleted) await vitrine.artifact.restore.mutate({ id: deleted.id });`,
  "artifact.restoreMany": `
const deleted = await vitrine.trash.list.query({ where: { key: "orders" } });
if (deleted.length > 0) await vitrine.artifact.restoreMany.mutate({ ids: deleted.map(({ id }) => id) });`,
  "collection.latest": `
const { data, version } = await vitrine.collection.latest.query({ key: "daily-report" });
console.log(version, data);`,
  "collection.knownSince": `
const asOf = "2026-11-01T09:00:00Z";
const known = await vitrine.collection.knownSince.query();
const then = await vitrine.collection.list.query({ asOf, include: ["labels"] });
console.log(then.length, known !== null && asOf < known ? ["Deletions are unknown before", known] : "");`,
  "collection.label": `
const { previous } = await vitrine.collection.label.mutate({ key: "daily-report", label: "production", version: 1 });
console.log(previous);
await vitrine.collection.label.mutate({ key: "daily-report", label: "production", version: null, ifVersion: 1 });`,
  "collection.about": `
const about = await vitrine.collection.about.query({ key: "daily-report" });
console.log(about?.title, about?.owner);`,
  "collection.update": `
const about = await vitrine.collection.about.query({ key: "daily-report" });
await vitrine.collection.update.mutate({
  key: "daily-report",
  title: "Daily report",
  owner: "Data team",
  links: [{ url: "https://example.com/runbook", text: "Runbook" }],
  tags: ["finance"],
  ifUpdated: about?.updated ?? null,
});`,
  "collection.tagMany": `
const { changed } = await vitrine.collection.tagMany.mutate({ keys: ["daily-report"], add: ["finance"], remove: ["draft"] });
console.log(changed.length);`,
  "collection.labels": `
for (const { label, version } of await vitrine.collection.labels.query({ key: "daily-report" })) console.log(label, version);`,
  "collection.unread": `
const { items } = await vitrine.collection.unread.query({ limit: 20 });
for (const { key, version, seen } of items) console.log(key, seen?.version ?? "new", version);`,
  "collection.markRead": `
await vitrine.collection.markRead.mutate({ key: "daily-report", version: 1 });`,
  "collection.markAllRead": `
const { created } = await vitrine.collection.latest.query({ key: "daily-report" });
await vitrine.collection.markAllRead.mutate({ until: created });`,
  "collection.pins": `
for (const { key, shared } of await vitrine.collection.pins.query()) console.log(key, shared);`,
  "collection.pin": `
await vitrine.collection.pin.mutate({ key: "daily-report" });
const { items } = await vitrine.collection.page.query({ pinned: true });
console.log(items.map(({ key }) => key));`,
  "collection.unpin": `
await vitrine.collection.unpin.mutate({ key: "daily-report" });`,
  "collection.rename": `
const { versions } = await vitrine.collection.rename.mutate({ key: "orders", to: "shop/orders", reason: "By team" });
console.log(versions, await vitrine.collection.latest.query({ key: "orders" }));
await vitrine.collection.rename.mutate({ key: "shop/orders", to: "orders" });`,
  "collection.renamedTo": `
console.log(await vitrine.collection.renamedTo.query({ key: "daily-report" }));`,
  "collection.list": `
const latest = await vitrine.collection.list.query({ sort: "UPDATED_DESC", limit: 20 });
for (const { key, version, versions } of latest) console.log(key, version, versions);`,
  "collection.page": `
const page = await vitrine.collection.page.query({ where: { artifacts: { key: { startsWith: "daily-" } } } });
console.log(page.items.length, page.next);`,
  "collection.count": `
console.log(await vitrine.collection.count.query({ where: { flows: { name: { any: ["etl"] } } } }));`,
  "collection.facets": `
const { flows } = await vitrine.collection.facets.query();
console.log(flows);`,
  "collection.folders": `
for (const { folder, keys } of await vitrine.collection.folders.query({ folder: "reports/" })) console.log(folder, keys);
const direct = { artifacts: { key: { folder: "reports/" } } };
console.log(await vitrine.collection.count.query({ where: direct }));`,
  "collection.series": `
const { points } = await vitrine.collection.series.query({ key: "orders", measure: "number" });
console.log(points);`,
  "collection.trends": `
const [trend] = await vitrine.collection.trends.query({ keys: ["orders"] });
const [before, last] = trend?.points.slice(-2) ?? [];
console.log(before, last);`,
  "collection.history": `
const { items } = await vitrine.collection.history.query({ key: "daily-report" });
console.log(items.map(({ time, actor, verb, version }) => [time, actor?.name, verb, version]));`,
  "collection.sameData": `
for (const { version, sameAs } of await vitrine.collection.sameData.query({ key: "orders" })) console.log(version, sameAs);`,
  "collection.remove": `
const { removal, versions } = await vitrine.collection.remove.mutate({ key: "orders" });
console.log(versions);
await vitrine.trash.restoreRemoval.mutate({ removal });`,
  "collection.removeMany": `
const { missing } = await vitrine.collection.removeMany.mutate({ keys: ["orders", "no-such-key"] });
console.log(missing);`,
  "trash.list": `
const deleted = await vitrine.trash.list.query({ where: { key: "orders" } });
console.log(deleted.map(({ version, removed }) => [version, removed]));`,
  "trash.page": `
const { items, next } = await vitrine.trash.page.query({ limit: 10 });
console.log(items.length, next);`,
  "trash.count": `
console.log(await vitrine.trash.count.query());`,
  "trash.restoreRemoval": `
const [deleted] = await vitrine.trash.list.query({ where: { key: "orders" }, limit: 1 });
if (deleted) await vitrine.trash.restoreRemoval.mutate({ removal: deleted.removal });`,
  "trash.purge": `
const { purged } = await vitrine.trash.purge.mutate({ all: true });
console.log(purged);`,
  "flow.create": `
const flow = await vitrine.flow.create.mutate({ name: "etl", tags: ["production"] });
console.log(flow.id);`,
  "flow.read": `
const { id } = await vitrine.flow.create.mutate({ name: "etl" });
console.log((await vitrine.flow.read.query({ id })).tags);`,
  "flow.update": `
const { id } = await vitrine.flow.create.mutate({ name: "etl" });
await vitrine.flow.update.mutate({ id, labels: { team: "data" } });`,
  "flow.list": `
console.log(await vitrine.flow.list.query({ sort: "CREATED_DESC", limit: 5 }));`,
  "flow.page": `
const { items } = await vitrine.flow.page.query({ where: { flows: { tags: { all: ["production"] } } } });
console.log(items.length);`,
  "flow.count": `
console.log(await vitrine.flow.count.query());`,
  "flow.remove": `
const { id } = await vitrine.flow.create.mutate({ name: "a-flow-of-the-past" });
await vitrine.flow.remove.mutate({ id });`,
  "deployment.create": `
const { id: flowId } = await vitrine.flow.create.mutate({ name: "etl" });
const deployment = await vitrine.deployment.create.mutate({ flowId, name: "nightly" });
console.log(deployment.id);`,
  "deployment.read": `
const [nightly] = await vitrine.deployment.list.query({ where: { deployments: { name: { any: ["nightly"] } } } });
if (nightly) console.log((await vitrine.deployment.read.query({ id: nightly.id })).paused);`,
  "deployment.update": `
const [nightly] = await vitrine.deployment.list.query({ where: { deployments: { name: { any: ["nightly"] } } } });
if (nightly) await vitrine.deployment.update.mutate({ id: nightly.id, paused: true });`,
  "deployment.list": `
console.log(await vitrine.deployment.list.query({ where: { flows: { name: { any: ["etl"] } } } }));`,
  "deployment.page": `
console.log((await vitrine.deployment.page.query({ limit: 10 })).next);`,
  "deployment.count": `
console.log(await vitrine.deployment.count.query());`,
  "deployment.countBy": `
console.log(await vitrine.deployment.countBy.query({ by: "flow" }));`,
  "deployment.remove": `
const { id: flowId } = await vitrine.flow.create.mutate({ name: "etl" });
const { id } = await vitrine.deployment.create.mutate({ flowId, name: "weekly" });
await vitrine.deployment.remove.mutate({ id });`,
  "flowRun.create": `
const { id: flowId } = await vitrine.flow.create.mutate({ name: "etl" });
const run = await vitrine.flowRun.create.mutate({ flowId, state: { type: "RUNNING" }, idempotencyKey: "etl-2026-11-28" });
await vitrine.artifact.create.mutate({ key: "rows", type: "progress", data: 40, flowRunId: run.id });`,
  "flowRun.read": `
const [last] = await vitrine.flowRun.list.query({ limit: 1 });
if (last) console.log((await vitrine.flowRun.read.query({ id: last.id })).state?.name);`,
  "flowRun.update": `
const [last] = await vitrine.flowRun.list.query({ limit: 1 });
if (last) await vitrine.flowRun.update.mutate({ id: last.id, state: { type: "COMPLETED" } });`,
  "flowRun.propose": `
const { id: flowId } = await vitrine.flow.create.mutate({ name: "etl" });
const { id } = await vitrine.flowRun.create.mutate({ flowId, state: { type: "RUNNING" }, retries: 2, retryDelay: 10 });
const { outcome, flowRun } = await vitrine.flowRun.propose.mutate({ id, state: { type: "FAILED" } });
console.log(outcome, flowRun.state?.name, flowRun.nextScheduledStartTime);`,
  "flowRun.list": `
const failed = await vitrine.flowRun.list.query({ where: { flowRuns: { state: { type: { any: ["FAILED"] } } } } });
console.log(failed.length);`,
  "flowRun.page": `
console.log((await vitrine.flowRun.page.query({ limit: 10 })).items.length);`,
  "flowRun.count": `
console.log(await vitrine.flowRun.count.query({ where: { deployments: { name: { any: ["nightly"] } } } }));`,
  "flowRun.facets": `
const { flows, states } = await vitrine.flowRun.facets.query({ where: { flowRuns: { tags: { any: ["nightly"] } } } });
console.log(flows, states);`,
  "flowRun.artifactCounts": `
const runs = await vitrine.flowRun.list.query({ limit: 20 });
const ids = runs.map(({ id }) => id);
if (ids.length > 0) console.log(await vitrine.flowRun.artifactCounts.query({ ids }));`,
  "flowRun.history": `
const now = Date.now();
const [start = "", end = ""] = [now - 3_600_000, now].map((time) => new Date(time).toISOString());
const intervals = await vitrine.flowRun.history.query({ start, end, interval: 600 });
console.log(intervals.map(({ states }) => states));`,
  "flowRun.remove": `
const { id: flowId } = await vitrine.flow.create.mutate({ name: "etl" });
const { id } = await vitrine.flowRun.create.mutate({ flowId });
await vitrine.flowRun.remove.mutate({ id });`,
  "taskRun.create": `
const [run] = await vitrine.flowRun.list.query({ limit: 1 });
if (run) await vitrine.taskRun.create.mutate({ flowRunId: run.id, taskKey: "load", dynamicKey: "0" });`,
  "taskRun.record": `
const [run] = await vitrine.flowRun.list.query({ limit: 1 });
const report = { id: crypto.randomUUID(), taskKey: "load", dynamicKey: "1", name: "load-1", occurred: new Date().toISOString() };
await vitrine.taskRun.record.mutate({ items: [{ ...report, flowRunId: run?.id ?? null, state: { type: "RUNNING" } }] });`,
  "taskRun.read": `
const [task] = await vitrine.taskRun.list.query({ limit: 1 });
if (task) console.log((await vitrine.taskRun.read.query({ id: task.id })).name);`,
  "taskRun.update": `
const [task] = await vitrine.taskRun.list.query({ limit: 1 });
if (task) await vitrine.taskRun.update.mutate({ id: task.id, state: { type: "FAILED", message: "No rows" } });`,
  "taskRun.list": `
console.log(await vitrine.taskRun.list.query({ where: { flows: { name: { any: ["etl"] } } } }));`,
  "taskRun.page": `
console.log((await vitrine.taskRun.page.query({ limit: 10 })).next);`,
  "taskRun.count": `
console.log(await vitrine.taskRun.count.query());`,
  "taskRun.countBy": `
const { COMPLETED = 0 } = await vitrine.taskRun.countBy.query({ by: "state" });
console.log(COMPLETED);`,
  "taskRun.history": `
const now = Date.now();
const [start = "", end = ""] = [now - 3_600_000, now].map((time) => new Date(time).toISOString());
const intervals = await vitrine.taskRun.history.query({ start, end, interval: 600 });
console.log(intervals.map(({ states }) => states));`,
  "taskRun.remove": `
const [task] = await vitrine.taskRun.list.query({ limit: 1 });
if (task) await vitrine.taskRun.remove.mutate({ id: task.id });`,
  "event.list": `
const where = { key: "orders", verbs: ["artifact.update"] };
for (const { time, actor, before, after } of await vitrine.event.list.query({ where })) {
  console.log(time, actor?.name, before, after);
}`,
  "event.page": `
const { items, next } = await vitrine.event.page.query({ where: { service: "etl" }, limit: 10 });
console.log(items.length, next);`,
  "event.count": `
console.log(await vitrine.event.count.query({ where: { after: "2026-11-01T00:00:00Z" } }));`,
  "event.actors": `
const actors = await vitrine.event.actors.query();
console.log(actors.map(({ kind, name }) => kind + ":" + name));`,
  "view.create": `
const view = await vitrine.view.create.mutate({ name: "Largest tables", query: "type=table", sort: "SIZE_DESC" });
console.log("/artifacts/view/" + view.id);`,
  "view.list": `
for (const { name, shared, isDefault } of await vitrine.view.list.query()) console.log(name, shared, isDefault);`,
  "view.read": `
const [any] = await vitrine.view.list.query();
if (any) console.log((await vitrine.view.read.query({ id: any.id })).query);`,
  "view.update": `
const [old] = await vitrine.view.list.query();
if (old) await vitrine.view.update.mutate({ id: old.id, query: "type=table&where=rows:100..", ifUpdated: old.updated });`,
  "view.setDefault": `
const [favourite] = await vitrine.view.list.query();
if (favourite) await vitrine.view.setDefault.mutate({ id: favourite.id });`,
  "view.default": `
console.log((await vitrine.view.default.query())?.name ?? "All artifacts");`,
  "view.remove": `
for (const { id } of await vitrine.view.list.query()) await vitrine.view.remove.mutate({ id });`,
  "person.list": `
const people = await vitrine.person.list.query({ limit: 200 });
console.log(people.map(({ name, role, signedIn }) => [name, role, signedIn]));`,
  "person.count": `
console.log(await vitrine.person.count.query());`,
  "person.remove": `
const [unused] = (await vitrine.person.list.query()).filter(({ signedIn }) => signedIn < "2026");
if (unused) await vitrine.person.remove.mutate({ id: unused.id, reason: "Has left" });`,
  "person.signOut": `
const [person] = await vitrine.person.list.query({ limit: 1 });
if (person) await vitrine.person.signOut.mutate({ id: person.id, reason: "Lost laptop" });`,
  "changes.watch": `
for await (const change of vitrine.changes.watch({ keys: ["daily-report"] })) {
  if (change.type === "changed") console.log(change.kinds, change.keys);
  break;
}`,
  "apiKey.create": `
const { id, secret } = await vitrine.apiKey.create.mutate({ name: "etl", role: "write", expires: "2100-01-01T00:00:00Z" });
console.log(id, secret);`,
  "apiKey.list": `
for (const { name, role, lastUsed } of await vitrine.apiKey.list.query()) console.log(name, role, lastUsed);`,
  "apiKey.update": `
const key = (await vitrine.apiKey.list.query()).find(({ name }) => name === "etl");
if (key?.id) await vitrine.apiKey.update.mutate({ id: key.id, role: "read", expires: null });`,
  "apiKey.revoke": `
const key = (await vitrine.apiKey.list.query()).find(({ name, revoked }) => name === "etl" && revoked === null);
if (key?.id) await vitrine.apiKey.revoke.mutate({ id: key.id, reason: "Replaced" });`,
  "search.best": `
for (const { key } of await vitrine.search.best.query({ where: { query: "rain" }, limit: 10 })) console.log(key);`,
  "search.pending": `
if ((await vitrine.search.pending.query()) > 0) console.log("Some versions are not searched yet");`,
  "search.why": `
const query = "rain type:table";
const { items } = await vitrine.artifact.page.query({ where: { query } });
const ids = items.map(({ id }) => id);
const { reasons } = ids.length > 0 ? await vitrine.search.why.query({ query, ids }) : { reasons: [] };
for (const { id, matches } of reasons) console.log(id, matches[0]?.text, matches[0]?.rows);`,
  "admin.doctor": `
for (const violation of await vitrine.admin.doctor.query()) console.error(violation);`,
  "admin.checkSearch": `
for (let after: string | null | undefined; after !== null; ) {
  const { violations, next } = await vitrine.admin.checkSearch.query({ after });
  for (const violation of violations) console.error(violation);
  after = next;
}`,
  "admin.repairSearch": `
for (let after: string | null | undefined; after !== null; ) {
  after = (await vitrine.admin.repairSearch.mutate({ after })).next;
}`,
  "admin.repairFiles": `
const { orphans } = await vitrine.admin.repairFiles.mutate({ orphans: true });
console.log(orphans.count, orphans.bytes);`,
  "admin.moveData": `
let batch = await vitrine.admin.moveData.mutate({ to: "blobs" });
while (batch.next !== null) batch = await vitrine.admin.moveData.mutate({ to: "blobs", after: batch.next });`,
  "admin.checkFiles": `
for (let after: string | undefined; ; ) {
  const { violations, next } = await vitrine.admin.checkFiles.query({ after });
  for (const violation of violations) console.error(violation);
  if (next === null) break;
  after = next;
}`,
  "admin.checkData": `
for (let after: string | null | undefined; after !== null; ) {
  const { violations, next } = await vitrine.admin.checkData.query({ after });
  for (const violation of violations) console.error(violation);
  after = next;
}`,
  "admin.database": `
const { pooler, note } = await vitrine.admin.database.query();
console.log(pooler, note);`,
  "admin.protectedLabels": `
console.log(await vitrine.admin.protectedLabels.query());`,
  "admin.protectLabels": `
await vitrine.admin.protectLabels.mutate({ labels: ["golden"] });`,
  "admin.import": `
const row = { id: "019a0000-0000-7000-8000-000000000001", created: "2026-01-02T03:04:05Z", updated: "2026-01-02T03:04:05Z" };
const { created } = await vitrine.admin.import.mutate({ artifacts: [{ ...row, key: "imported", data: 1, previous: null }] });
console.log(created);`,
  "admin.known": `
console.log(await vitrine.admin.known.query({ kind: "artifacts", ids: ["019a0000-0000-7000-8000-000000000001"] }));`,
  "admin.restore": `
// vitrine restore-backup does this, and then sends the parts.
const state = await vitrine.admin.restore.mutate({ backup: "019a0000-0000-7000-8000-000000000002" }).catch(String);
console.log(state);`,
};
