// Written by `npm run reference` from the comments and types of the routers.

/** The comment, the result and an example of each procedure. */
export const REFERENCE: Record<string, { doc: string; output: string; example: string }> = {
  "artifact.create": {
    doc: "Publishes a version, or an artifact without a key. Returns the row without its data. CONFLICT where the `idempotencyKey` was used with another body; NOT_FOUND where the artifact that it created was deleted.",
    output: "ArtifactCreated",
    example:
      'const version = await vitrine.artifact.create.mutate({\n  key: "daily-report",\n  type: "markdown",\n  data: "# All is well",\n  description: "What happened today",\n  idempotencyKey: "report-of-2026-11-28",\n});\nconsole.log(version.id, version.version);',
  },
  "artifact.createMany": {
    doc: "As `create`, for up to 1,000 artifacts in one transaction. Returns the rows in the order of the input.",
    output: "ArtifactCreated[]",
    example:
      'const items = [41, 17].map((orders) => ({ key: "orders", type: "progress", data: orders }));\nconst versions = await vitrine.artifact.createMany.mutate({ items });\nconsole.log(versions.map(({ version }) => version));',
  },
  "artifact.makeLatest": {
    doc: "Publishes a copy of a version of a key as its next version, with `restoredFrom` and without runs; where the latest version has the same content, returns it with `unchanged: true`. NOT_FOUND; BAD_REQUEST for an artifact without a key; CONFLICT where the `idempotencyKey` was used with another request.",
    output: "ArtifactCreated",
    example:
      'const { version, restoredFrom, unchanged } = await vitrine.artifact.makeLatest.mutate({ key: "orders", version: 1 });\nconsole.log(unchanged ? "It is the same already." : [version, restoredFrom]);',
  },
  "artifact.read": {
    doc: "One version by id, or by key and number, with its data and neighbours. NOT_FOUND, with `removedAt` for one in the trash. The data is exact JSON text in the response; `GET /api/artifacts/{id}/data` sends it alone.",
    output: "ArtifactDetail",
    example:
      'const { data, older } = await vitrine.artifact.read.query({ key: "daily-report", version: 1 });\nconsole.log(data, older);',
  },
  "artifact.list": {
    doc: 'The matching versions, by limit (50, at most 200) and offset; without data unless `include: ["data"]`.',
    output: "Artifact[]",
    example:
      'const tables = await vitrine.artifact.list.query({ where: { artifacts: { type: { any: ["table"] } } }, limit: 10 });\nconsole.log(tables.length);',
  },
  "artifact.page": {
    doc: "As `list`, by cursor; see `Page` for its guarantees.",
    output: "SearchedPage<Artifact>",
    example:
      'const first = await vitrine.artifact.page.query({ sort: "CREATED_ASC", include: ["data"] });\nconst second = first.next && (await vitrine.artifact.page.query({ sort: "CREATED_ASC", cursor: first.next }));\nconsole.log(first.items[0]?.data, second && second.items.length);',
  },
  "artifact.count": {
    doc: "The number of matching versions; see `atMost` for its bound.",
    output: "number",
    example:
      'const many = await vitrine.artifact.count.query({ atMost: 10_000 });\nconsole.log(many > 10_000 ? "more than 10,000" : many);',
  },
  "artifact.facets": {
    doc: "Types, flows, deployments, states and tags of the matching versions, with counts.",
    output: "Facets",
    example:
      'const { types } = await vitrine.artifact.facets.query({ where: { artifacts: { created: { after: "2026-01-01T00:00:00Z" } } } });\nfor (const { value, count } of types) console.log(value, count);',
  },
  "artifact.update": {
    doc: "Changes a version in place: absent fields stay, null clears. NOT_FOUND; CONFLICT with `current` for a stale `ifUpdated`.",
    output: "Artifact",
    example:
      'const { id, updated } = await vitrine.artifact.read.query({ key: "daily-report", version: 1 });\nawait vitrine.artifact.update.mutate({ id, description: "Checked by Ann", ifUpdated: updated });',
  },
  "artifact.tagMany": {
    doc: "Adds tags to up to 1,000 versions and removes others, in one transaction; ids that do not exist are returned as `missing`. CONFLICT where a version would have more than 50 tags.",
    output: "ArtifactsTagged",
    example:
      'const { id } = await vitrine.artifact.read.query({ key: "daily-report", version: 1 });\nconst { changed } = await vitrine.artifact.tagMany.mutate({ ids: [id], add: ["checked"] });\nconsole.log(changed.length);',
  },
  "artifact.history": {
    doc: "Who wrote a version, when, why and what, the newest first; empty for one of programs before 0.2. Also of a deleted version, and of one that was deleted permanently.",
    output: "Page<Event>",
    example:
      'const { id } = await vitrine.collection.latest.query({ key: "daily-report" });\nconst { items } = await vitrine.artifact.history.query({ id });\nconsole.log(items.map(({ time, actor, verb, reason }) => [time, actor?.name, verb, reason]));',
  },
  "artifact.revisions": {
    doc: "What changes of a version replaced, the newest first (50, at most 200 at once). NOT_FOUND.",
    output: "Revision[]",
    example:
      'const { id } = await vitrine.collection.latest.query({ key: "daily-report" });\nfor (const { revision, time, actor, changed } of await vitrine.artifact.revisions.query({ id })) {\n  console.log(revision, time, actor?.name, changed);\n}',
  },
  "artifact.revision": {
    doc: "A version as it was before its n-th change, with its data. NOT_FOUND, also for a revision that is no longer kept.",
    output: "RevisionDetail",
    example:
      'const { id } = await vitrine.collection.latest.query({ key: "daily-report" });\nconst [last] = await vitrine.artifact.revisions.query({ id, limit: 1 });\nif (last) console.log((await vitrine.artifact.revision.query({ id, revision: last.revision })).data);',
  },
  "artifact.revert": {
    doc: "Gives a version the description, metadata and data that it had before its n-th change: one more change, which can be reverted too. NOT_FOUND; CONFLICT with `current` for a stale `ifUpdated`.",
    output: "Artifact",
    example:
      'const { id } = await vitrine.collection.latest.query({ key: "daily-report" });\nconst [last] = await vitrine.artifact.revisions.query({ id, limit: 1 });\nif (last) await vitrine.artifact.revert.mutate({ id, revision: last.revision, reason: "Edited by mistake" });',
  },
  "artifact.remove": {
    doc: "Moves a version to the trash; the next older one becomes the latest. NOT_FOUND; CONFLICT with `labels` where it has labels that are not in `force`; FORBIDDEN for a protected one without the role admin.",
    output: "ArtifactRemoved",
    example:
      'const { id } = await vitrine.artifact.read.query({ key: "orders", version: 2 });\nconst { latest } = await vitrine.artifact.remove.mutate({ id });\nconsole.log(latest);',
  },
  "artifact.removeMany": {
    doc: "As `remove`, for up to 1,000 versions in one transaction; ids that do not exist are returned as `missing`.",
    output: "ArtifactsRemoved",
    example:
      'const rows = await vitrine.artifact.list.query({ where: { artifacts: { key: { any: ["orders"] } } } });\nconst { removal, missing } = await vitrine.artifact.removeMany.mutate({ ids: rows.map(({ id }) => id) });\nconsole.log(removal, missing);',
  },
  "artifact.restore": {
    doc: "Restores a version from the trash with its id and number. NOT_FOUND.",
    output: "Artifact",
    example:
      'const [deleted] = await vitrine.trash.list.query({ where: { key: "orders" }, limit: 1 });\nif (deleted) await vitrine.artifact.restore.mutate({ id: deleted.id });',
  },
  "artifact.restoreMany": {
    doc: "As `restore`, for up to 1,000 versions in one transaction; ids that are not in the trash are returned as `missing`.",
    output: "ArtifactsRestored",
    example:
      'const deleted = await vitrine.trash.list.query({ where: { key: "orders" } });\nif (deleted.length > 0) await vitrine.artifact.restoreMany.mutate({ ids: deleted.map(({ id }) => id) });',
  },
  "collection.latest": {
    doc: "The latest version of a key with its data, under the id of the artifact; with `label`, the one that it names; of a key that was renamed, that of the new key. NOT_FOUND where the key has no versions, or not that label.",
    output: "ArtifactDetail",
    example:
      'const { data, version } = await vitrine.collection.latest.query({ key: "daily-report" });\nconsole.log(version, data);',
  },
  "collection.label": {
    doc: "Sets a label of a key to a version, or removes it. Returns what it names now and named before. NOT_FOUND for an unknown key or version; CONFLICT with `current` where it does not name `ifVersion`, and where the key has 100 labels; FORBIDDEN for a protected label without the role admin.",
    output: "LabelChange",
    example:
      'const { previous } = await vitrine.collection.label.mutate({ key: "daily-report", label: "production", version: 1 });\nconsole.log(previous);\nawait vitrine.collection.label.mutate({ key: "daily-report", label: "production", version: null, ifVersion: 1 });',
  },
  "collection.knownSince": {
    doc: "Since when deletions and labels are recorded; null where nothing is. What was deleted before, and restored, is there in reads `asOf` an earlier timestamp.",
    output: "string | null",
    example:
      'const asOf = "2026-11-01T09:00:00Z";\nconst known = await vitrine.collection.knownSince.query();\nconst then = await vitrine.collection.list.query({ asOf, include: ["labels"] });\nconsole.log(then.length, known !== null && asOf < known ? ["Deletions are unknown before", known] : "");',
  },
  "collection.labels": {
    doc: "The labels of a key, by name; none for an unknown key.",
    output: "LabelOfKey[]",
    example:
      'for (const { label, version } of await vitrine.collection.labels.query({ key: "daily-report" })) console.log(label, version);',
  },
  "collection.about": {
    doc: "The facts of a key itself; null where it has none, and for an unknown key.",
    output: "About | null",
    example:
      'const about = await vitrine.collection.about.query({ key: "daily-report" });\nconsole.log(about?.title, about?.owner);',
  },
  "collection.update": {
    doc: "Changes the title, description, owner, links and tags of a key itself: absent fields stay, null clears. NOT_FOUND for a key without versions; CONFLICT with `current` for a stale `ifUpdated`.",
    output: "About",
    example:
      'const about = await vitrine.collection.about.query({ key: "daily-report" });\nawait vitrine.collection.update.mutate({\n  key: "daily-report",\n  title: "Daily report",\n  owner: "Data team",\n  links: [{ url: "https://example.com/runbook", text: "Runbook" }],\n  tags: ["finance"],\n  ifUpdated: about?.updated ?? null,\n});',
  },
  "collection.tagMany": {
    doc: "Adds tags to up to 1,000 keys and removes others, in one transaction; keys without versions are returned as `missing`. CONFLICT where a key would have more than 50 tags.",
    output: "CollectionsTagged",
    example:
      'const { changed } = await vitrine.collection.tagMany.mutate({ keys: ["daily-report"], add: ["finance"], remove: ["draft"] });\nconsole.log(changed.length);',
  },
  "collection.list": {
    doc: "The latest version of each key where it matches, by limit (50, at most 200) and offset.",
    output: "ArtifactCollection[]",
    example:
      'const latest = await vitrine.collection.list.query({ sort: "UPDATED_DESC", limit: 20 });\nfor (const { key, version, versions } of latest) console.log(key, version, versions);',
  },
  "collection.page": {
    doc: "As `list`, by cursor; `pinned` leaves out keys that the caller pinned, or all others.",
    output: "SearchedPage<ArtifactCollection>",
    example:
      'const page = await vitrine.collection.page.query({ where: { artifacts: { key: { startsWith: "daily-" } } } });\nconsole.log(page.items.length, page.next);',
  },
  "collection.unread": {
    doc: "The keys whose latest version the caller has not seen, the newest first, each with the version that they saw last. What exists when somebody first looks or signs in is read.",
    output: "Unread",
    example:
      'const { items } = await vitrine.collection.unread.query({ limit: 20 });\nfor (const { key, version, seen } of items) console.log(key, seen?.version ?? "new", version);',
  },
  "collection.markRead": {
    doc: "Says that the caller has seen a version of a key, and those before. NOT_FOUND where the key has no versions.",
    output: "ReadMark",
    example: 'await vitrine.collection.markRead.mutate({ key: "daily-report", version: 1 });',
  },
  "collection.markAllRead": {
    doc: "Says that the caller has seen all versions that were created until a time.",
    output: "{ since: string }",
    example:
      'const { created } = await vitrine.collection.latest.query({ key: "daily-report" });\nawait vitrine.collection.markAllRead.mutate({ until: created });',
  },
  "collection.pins": {
    doc: "The keys that the caller pinned, and those that everyone has pinned, by key.",
    output: "Pin[]",
    example: "for (const { key, shared } of await vitrine.collection.pins.query()) console.log(key, shared);",
  },
  "collection.pin": {
    doc: "Pins a key for the caller, of any role; without a credential, for everyone. NOT_FOUND where the key has no versions; CONFLICT for more than 100 keys.",
    output: "Pin",
    example:
      'await vitrine.collection.pin.mutate({ key: "daily-report" });\nconst { items } = await vitrine.collection.page.query({ pinned: true });\nconsole.log(items.map(({ key }) => key));',
  },
  "collection.unpin": {
    doc: "Unpins a key, which may have no versions any more; one that is not pinned stays so. FORBIDDEN without the role admin where everyone has it pinned.",
    output: "Unpinned",
    example: 'await vitrine.collection.unpin.mutate({ key: "daily-report" });',
  },
  "collection.count": {
    doc: "The number of keys whose latest version matches; see `atMost` for its bound.",
    output: "number",
    example: 'console.log(await vitrine.collection.count.query({ where: { flows: { name: { any: ["etl"] } } } }));',
  },
  "collection.facets": {
    doc: "Types, flows, deployments, states and tags of the matching latest versions, with counts.",
    output: "Facets",
    example: "const { flows } = await vitrine.collection.facets.query();\nconsole.log(flows);",
  },
  "collection.folders": {
    doc: "The folders directly in a folder, up to 1,000 by name, with how many keys anywhere in each have a latest version that matches: keys with slashes are in folders as files are.",
    output: "KeyFolder[]",
    example:
      'for (const { folder, keys } of await vitrine.collection.folders.query({ folder: "reports/" })) console.log(folder, keys);\nconst direct = { artifacts: { key: { folder: "reports/" } } };\nconsole.log(await vitrine.collection.count.query({ where: direct }));',
  },
  "collection.series": {
    doc: "The number, rows or size of each version of a key, for a chart; empty where no version has it.",
    output: "Series",
    example:
      'const { points } = await vitrine.collection.series.query({ key: "orders", measure: "number" });\nconsole.log(points);',
  },
  "collection.trends": {
    doc: "The number, rows and size of the last 20 versions of each of up to 200 keys, for changes and small charts in lists. The version before another is the greatest number below it.",
    output: "Trend[]",
    example:
      'const [trend] = await vitrine.collection.trends.query({ keys: ["orders"] });\nconst [before, last] = trend?.points.slice(-2) ?? [];\nconsole.log(before, last);',
  },
  "collection.history": {
    doc: "Who wrote versions of a key, when, why and what, the newest first, under the keys that it had before too. Calls that write many versions are one event.",
    output: "Page<Event>",
    example:
      'const { items } = await vitrine.collection.history.query({ key: "daily-report" });\nconsole.log(items.map(({ time, actor, verb, version }) => [time, actor?.name, verb, version]));',
  },
  "collection.sameData": {
    doc: "The versions of a page of a key whose data is that of a version before, with its number: `v47` is the same as `v41`.",
    output: "SameData[]",
    example:
      'for (const { version, sameAs } of await vitrine.collection.sameData.query({ key: "orders" })) console.log(version, sameAs);',
  },
  "collection.rename": {
    doc: "Gives all versions of a key, deleted ones too, another key, and what belongs to them. Until the old key has versions again it refers to the new one: `collection.latest` and `artifact.read` follow, writes say NOT_FOUND with `renamedTo`. NOT_FOUND where the key has no versions; CONFLICT where the new one has any, in the trash too, and for more than 200,000 versions. Renaming it back undoes it.",
    output: "KeyRenamed",
    example:
      'const { versions } = await vitrine.collection.rename.mutate({ key: "orders", to: "shop/orders", reason: "By team" });\nconsole.log(versions, await vitrine.collection.latest.query({ key: "orders" }));\nawait vitrine.collection.rename.mutate({ key: "shop/orders", to: "orders" });',
  },
  "collection.renamedTo": {
    doc: "The key that a key without versions was renamed to; null where it was not.",
    output: "string | null",
    example: 'console.log(await vitrine.collection.renamedTo.query({ key: "daily-report" }));',
  },
  "collection.remove": {
    doc: "Moves every version of a key to the trash; `trash.restoreRemoval` undoes it. NOT_FOUND where the key has no versions.",
    output: "CollectionRemoved",
    example:
      'const { removal, versions } = await vitrine.collection.remove.mutate({ key: "orders" });\nconsole.log(versions);\nawait vitrine.trash.restoreRemoval.mutate({ removal });',
  },
  "collection.removeMany": {
    doc: "As `remove`, for up to 1,000 keys in one transaction; keys without versions are returned as `missing`.",
    output: "CollectionsRemoved",
    example:
      'const { missing } = await vitrine.collection.removeMany.mutate({ keys: ["orders", "no-such-key"] });\nconsole.log(missing);',
  },
  "trash.list": {
    doc: "The deleted versions, most recently deleted first, by limit (50, at most 200) and offset.",
    output: "TrashedArtifact[]",
    example:
      'const deleted = await vitrine.trash.list.query({ where: { key: "orders" } });\nconsole.log(deleted.map(({ version, removed }) => [version, removed]));',
  },
  "trash.page": {
    doc: "As `list`, by cursor.",
    output: "Page<TrashedArtifact>",
    example: "const { items, next } = await vitrine.trash.page.query({ limit: 10 });\nconsole.log(items.length, next);",
  },
  "trash.count": {
    doc: "The number of deleted versions; see `atMost` for its bound.",
    output: "number",
    example: "console.log(await vitrine.trash.count.query());",
  },
  "trash.restoreRemoval": {
    doc: "Restores all versions of one removal. Returns their number. NOT_FOUND where none of them is in the trash.",
    output: "{ versions: number }",
    example:
      'const [deleted] = await vitrine.trash.list.query({ where: { key: "orders" }, limit: 1 });\nif (deleted) await vitrine.trash.restoreRemoval.mutate({ removal: deleted.removal });',
  },
  "trash.purge": {
    doc: "Permanently deletes some or all versions in the trash. Returns their number. Role: admin.",
    output: "{ purged: number }",
    example: "const { purged } = await vitrine.trash.purge.mutate({ all: true });\nconsole.log(purged);",
  },
  "flow.create": {
    doc: "Creates a flow, or returns the existing one of that name.",
    output: "Flow",
    example:
      'const flow = await vitrine.flow.create.mutate({ name: "etl", tags: ["production"] });\nconsole.log(flow.id);',
  },
  "flow.read": {
    doc: "One flow by id. NOT_FOUND.",
    output: "Flow",
    example:
      'const { id } = await vitrine.flow.create.mutate({ name: "etl" });\nconsole.log((await vitrine.flow.read.query({ id })).tags);',
  },
  "flow.update": {
    doc: "Changes tags or labels: absent fields stay. NOT_FOUND.",
    output: "Flow",
    example:
      'const { id } = await vitrine.flow.create.mutate({ name: "etl" });\nawait vitrine.flow.update.mutate({ id, labels: { team: "data" } });',
  },
  "flow.list": {
    doc: "The matching flows, by limit (50, at most 200) and offset.",
    output: "Flow[]",
    example: 'console.log(await vitrine.flow.list.query({ sort: "CREATED_DESC", limit: 5 }));',
  },
  "flow.page": {
    doc: "As `list`, by cursor.",
    output: "Page<Flow>",
    example:
      'const { items } = await vitrine.flow.page.query({ where: { flows: { tags: { all: ["production"] } } } });\nconsole.log(items.length);',
  },
  "flow.count": {
    doc: "The number of matching flows; see `atMost` for its bound.",
    output: "number",
    example: "console.log(await vitrine.flow.count.query());",
  },
  "flow.remove": {
    doc: "Deletes a flow with its deployments, flow runs and task runs; their artifacts stay. NOT_FOUND.",
    output: "ById",
    example:
      'const { id } = await vitrine.flow.create.mutate({ name: "a-flow-of-the-past" });\nawait vitrine.flow.remove.mutate({ id });',
  },
  "deployment.create": {
    doc: "Creates a deployment, or returns the existing one of that flow and name. NOT_FOUND for an unknown flow.",
    output: "Deployment",
    example:
      'const { id: flowId } = await vitrine.flow.create.mutate({ name: "etl" });\nconst deployment = await vitrine.deployment.create.mutate({ flowId, name: "nightly" });\nconsole.log(deployment.id);',
  },
  "deployment.read": {
    doc: "One deployment by id. NOT_FOUND.",
    output: "Deployment",
    example:
      'const [nightly] = await vitrine.deployment.list.query({ where: { deployments: { name: { any: ["nightly"] } } } });\nif (nightly) console.log((await vitrine.deployment.read.query({ id: nightly.id })).paused);',
  },
  "deployment.update": {
    doc: "Changes a deployment: absent fields stay, null clears. NOT_FOUND.",
    output: "Deployment",
    example:
      'const [nightly] = await vitrine.deployment.list.query({ where: { deployments: { name: { any: ["nightly"] } } } });\nif (nightly) await vitrine.deployment.update.mutate({ id: nightly.id, paused: true });',
  },
  "deployment.list": {
    doc: "The matching deployments, by limit (50, at most 200) and offset.",
    output: "Deployment[]",
    example: 'console.log(await vitrine.deployment.list.query({ where: { flows: { name: { any: ["etl"] } } } }));',
  },
  "deployment.page": {
    doc: "As `list`, by cursor.",
    output: "Page<Deployment>",
    example: "console.log((await vitrine.deployment.page.query({ limit: 10 })).next);",
  },
  "deployment.count": {
    doc: "The number of matching deployments; see `atMost` for its bound.",
    output: "number",
    example: "console.log(await vitrine.deployment.count.query());",
  },
  "deployment.countBy": {
    doc: "The number of matching deployments of each flow.",
    output: "Counts",
    example: 'console.log(await vitrine.deployment.countBy.query({ by: "flow" }));',
  },
  "deployment.remove": {
    doc: "Deletes a deployment; its flow runs stay. NOT_FOUND.",
    output: "ById",
    example:
      'const { id: flowId } = await vitrine.flow.create.mutate({ name: "etl" });\nconst { id } = await vitrine.deployment.create.mutate({ flowId, name: "weekly" });\nawait vitrine.deployment.remove.mutate({ id });',
  },
  "flowRun.create": {
    doc: "Creates a flow run, or returns the existing one of that flow and idempotency key. NOT_FOUND for an unknown flow.",
    output: "FlowRun",
    example:
      'const { id: flowId } = await vitrine.flow.create.mutate({ name: "etl" });\nconst run = await vitrine.flowRun.create.mutate({ flowId, state: { type: "RUNNING" }, idempotencyKey: "etl-2026-11-28" });\nawait vitrine.artifact.create.mutate({ key: "rows", type: "progress", data: 40, flowRunId: run.id });',
  },
  "flowRun.read": {
    doc: "One flow run by id. NOT_FOUND.",
    output: "FlowRun",
    example:
      "const [last] = await vitrine.flowRun.list.query({ limit: 1 });\nif (last) console.log((await vitrine.flowRun.read.query({ id: last.id })).state?.name);",
  },
  "flowRun.update": {
    doc: "Changes name, tags, state or times: absent fields stay, null clears. NOT_FOUND.",
    output: "FlowRun",
    example:
      'const [last] = await vitrine.flowRun.list.query({ limit: 1 });\nif (last) await vitrine.flowRun.update.mutate({ id: last.id, state: { type: "COMPLETED" } });',
  },
  "flowRun.propose": {
    doc: "Sets the state by the rules of Prefect's server, where `update` sets it in any case: a FAILED run with `retries` left becomes AwaitingRetry, and RUNNING before the scheduled time changes nothing. NOT_FOUND.",
    output: "FlowRunProposal",
    example:
      'const { id: flowId } = await vitrine.flow.create.mutate({ name: "etl" });\nconst { id } = await vitrine.flowRun.create.mutate({ flowId, state: { type: "RUNNING" }, retries: 2, retryDelay: 10 });\nconst { outcome, flowRun } = await vitrine.flowRun.propose.mutate({ id, state: { type: "FAILED" } });\nconsole.log(outcome, flowRun.state?.name, flowRun.nextScheduledStartTime);',
  },
  "flowRun.list": {
    doc: "The matching flow runs, by limit (50, at most 200) and offset.",
    output: "FlowRun[]",
    example:
      'const failed = await vitrine.flowRun.list.query({ where: { flowRuns: { state: { type: { any: ["FAILED"] } } } } });\nconsole.log(failed.length);',
  },
  "flowRun.page": {
    doc: "As `list`, by cursor.",
    output: "Page<FlowRun>",
    example: "console.log((await vitrine.flowRun.page.query({ limit: 10 })).items.length);",
  },
  "flowRun.count": {
    doc: "The number of matching flow runs; see `atMost` for its bound.",
    output: "number",
    example:
      'console.log(await vitrine.flowRun.count.query({ where: { deployments: { name: { any: ["nightly"] } } } }));',
  },
  "flowRun.facets": {
    doc: "Flows, deployments, states and tags of the matching flow runs, with counts. They have no types.",
    output: "Facets",
    example:
      'const { flows, states } = await vitrine.flowRun.facets.query({ where: { flowRuns: { tags: { any: ["nightly"] } } } });\nconsole.log(flows, states);',
  },
  "flowRun.artifactCounts": {
    doc: "How many artifacts each of up to 200 flow runs has, by the run's id; above 1,000 it is 1,001.",
    output: "Counts",
    example:
      "const runs = await vitrine.flowRun.list.query({ limit: 20 });\nconst ids = runs.map(({ id }) => id);\nif (ids.length > 0) console.log(await vitrine.flowRun.artifactCounts.query({ ids }));",
  },
  "flowRun.history": {
    doc: "The matching flow runs by state, in intervals of time, for a chart.",
    output: "RunInterval[]",
    example:
      'const now = Date.now();\nconst [start = "", end = ""] = [now - 3_600_000, now].map((time) => new Date(time).toISOString());\nconst intervals = await vitrine.flowRun.history.query({ start, end, interval: 600 });\nconsole.log(intervals.map(({ states }) => states));',
  },
  "flowRun.remove": {
    doc: "Deletes a flow run with its task runs; its artifacts stay. NOT_FOUND.",
    output: "ById",
    example:
      'const { id: flowId } = await vitrine.flow.create.mutate({ name: "etl" });\nconst { id } = await vitrine.flowRun.create.mutate({ flowId });\nawait vitrine.flowRun.remove.mutate({ id });',
  },
  "taskRun.create": {
    doc: "Creates a task run, or returns the existing one of that flow run, task key and dynamic key. NOT_FOUND for an unknown flow run.",
    output: "TaskRun",
    example:
      'const [run] = await vitrine.flowRun.list.query({ limit: 1 });\nif (run) await vitrine.taskRun.create.mutate({ flowRunId: run.id, taskKey: "load", dynamicKey: "0" });',
  },
  "taskRun.record": {
    doc: "Records up to 200 states that task runs entered, in any order: task runs are created by their id, and of several states of one the last to occur counts. Task runs of a flow run that does not exist are left out.",
    output: "{ recorded: number }",
    example:
      'const [run] = await vitrine.flowRun.list.query({ limit: 1 });\nconst report = { id: crypto.randomUUID(), taskKey: "load", dynamicKey: "1", name: "load-1", occurred: new Date().toISOString() };\nawait vitrine.taskRun.record.mutate({ items: [{ ...report, flowRunId: run?.id ?? null, state: { type: "RUNNING" } }] });',
  },
  "taskRun.read": {
    doc: "One task run by id. NOT_FOUND.",
    output: "TaskRun",
    example:
      "const [task] = await vitrine.taskRun.list.query({ limit: 1 });\nif (task) console.log((await vitrine.taskRun.read.query({ id: task.id })).name);",
  },
  "taskRun.update": {
    doc: "Changes name, tags, state or times: absent fields stay, null clears. NOT_FOUND.",
    output: "TaskRun",
    example:
      'const [task] = await vitrine.taskRun.list.query({ limit: 1 });\nif (task) await vitrine.taskRun.update.mutate({ id: task.id, state: { type: "FAILED", message: "No rows" } });',
  },
  "taskRun.list": {
    doc: "The matching task runs, by limit (50, at most 200) and offset.",
    output: "TaskRun[]",
    example: 'console.log(await vitrine.taskRun.list.query({ where: { flows: { name: { any: ["etl"] } } } }));',
  },
  "taskRun.page": {
    doc: "As `list`, by cursor.",
    output: "Page<TaskRun>",
    example: "console.log((await vitrine.taskRun.page.query({ limit: 10 })).next);",
  },
  "taskRun.count": {
    doc: "The number of matching task runs; see `atMost` for its bound.",
    output: "number",
    example: "console.log(await vitrine.taskRun.count.query());",
  },
  "taskRun.countBy": {
    doc: "The number of matching task runs of each state, or of each flow run.",
    output: "Counts",
    example: 'const { COMPLETED = 0 } = await vitrine.taskRun.countBy.query({ by: "state" });\nconsole.log(COMPLETED);',
  },
  "taskRun.history": {
    doc: "The matching task runs by state, in intervals of time, for a chart.",
    output: "RunInterval[]",
    example:
      'const now = Date.now();\nconst [start = "", end = ""] = [now - 3_600_000, now].map((time) => new Date(time).toISOString());\nconst intervals = await vitrine.taskRun.history.query({ start, end, interval: 600 });\nconsole.log(intervals.map(({ states }) => states));',
  },
  "taskRun.remove": {
    doc: "Deletes a task run; its artifacts stay. NOT_FOUND.",
    output: "ById",
    example:
      "const [task] = await vitrine.taskRun.list.query({ limit: 1 });\nif (task) await vitrine.taskRun.remove.mutate({ id: task.id });",
  },
  "event.list": {
    doc: "Who wrote what, the newest first, by limit (50, at most 200) and offset. `GET /api/audit` sends all, as JSON lines.",
    output: "Event[]",
    example:
      'const where = { key: "orders", verbs: ["artifact.update"] };\nfor (const { time, actor, before, after } of await vitrine.event.list.query({ where })) {\n  console.log(time, actor?.name, before, after);\n}',
  },
  "event.page": {
    doc: "As `list`, by cursor.",
    output: "Page<Event>",
    example:
      'const { items, next } = await vitrine.event.page.query({ where: { service: "etl" }, limit: 10 });\nconsole.log(items.length, next);',
  },
  "event.count": {
    doc: "The number of matching events; see `atMost` for its bound.",
    output: "number",
    example: 'console.log(await vitrine.event.count.query({ where: { after: "2026-11-01T00:00:00Z" } }));',
  },
  "event.actors": {
    doc: "Everyone who ever wrote, by kind and name.",
    output: "Actor[]",
    example:
      'const actors = await vitrine.event.actors.query();\nconsole.log(actors.map(({ kind, name }) => kind + ":" + name));',
  },
  "view.list": {
    doc: "The caller's own views and the shared ones, by name. A role that is limited to keys has its own alone.",
    output: "SavedView[]",
    example:
      "for (const { name, shared, isDefault } of await vitrine.view.list.query()) console.log(name, shared, isDefault);",
  },
  "view.read": {
    doc: "A view by id. NOT_FOUND for one that does not exist, or is somebody else's.",
    output: "SavedView",
    example:
      "const [any] = await vitrine.view.list.query();\nif (any) console.log((await vitrine.view.read.query({ id: any.id })).query);",
  },
  "view.default": {
    doc: "The view that the caller's list opens with; null for none.",
    output: "SavedView | null",
    example: 'console.log((await vitrine.view.default.query())?.name ?? "All artifacts");',
  },
  "view.create": {
    doc: "Saves a list of artifacts under a name: the caller's own, or with `shared` everyone's, which requires the role write. Without credentials all views are shared. CONFLICT for a name that is used, and beyond 200 views.",
    output: "SavedView",
    example:
      'const view = await vitrine.view.create.mutate({ name: "Largest tables", query: "type=table", sort: "SIZE_DESC" });\nconsole.log("/artifacts/view/" + view.id);',
  },
  "view.update": {
    doc: "Changes a view: absent fields stay. NOT_FOUND; CONFLICT for a name that is used, and with `current` for a stale `ifUpdated`; FORBIDDEN for a shared view without the role write.",
    output: "SavedView",
    example:
      'const [old] = await vitrine.view.list.query();\nif (old) await vitrine.view.update.mutate({ id: old.id, query: "type=table&where=rows:100..", ifUpdated: old.updated });',
  },
  "view.remove": {
    doc: "Deletes a view; `create` with its id brings it back. NOT_FOUND; FORBIDDEN for a shared view without the role write.",
    output: "{ id: string }",
    example: "for (const { id } of await vitrine.view.list.query()) await vitrine.view.remove.mutate({ id });",
  },
  "view.setDefault": {
    doc: "Chooses the view that the caller's list opens with, or none with `id: null`. NOT_FOUND.",
    output: "{ id: string | null }",
    example:
      "const [favourite] = await vitrine.view.list.query();\nif (favourite) await vitrine.view.setDefault.mutate({ id: favourite.id });",
  },
  "person.list": {
    doc: "Who signed in by OpenID Connect, by name, by limit (50, at most 200) and offset.",
    output: "Person[]",
    example:
      "const people = await vitrine.person.list.query({ limit: 200 });\nconsole.log(people.map(({ name, role, signedIn }) => [name, role, signedIn]));",
  },
  "person.count": {
    doc: "How many people there are.",
    output: "number",
    example: "console.log(await vitrine.person.count.query());",
  },
  "person.remove": {
    doc: 'Deletes a person and ends their sessions. What they wrote stays, by "Deleted person". They can sign in again as a new person while their groups have a role. NOT_FOUND for an unknown id.',
    output: "{ id: string }",
    example:
      'const [unused] = (await vitrine.person.list.query()).filter(({ signedIn }) => signedIn < "2026");\nif (unused) await vitrine.person.remove.mutate({ id: unused.id, reason: "Has left" });',
  },
  "person.signOut": {
    doc: "Ends all sessions of a person, who can sign in again. Returns how many there were. NOT_FOUND for an unknown id.",
    output: "PersonSignedOut",
    example:
      'const [person] = await vitrine.person.list.query({ limit: 1 });\nif (person) await vitrine.person.signOut.mutate({ id: person.id, reason: "Lost laptop" });',
  },
  "search.best": {
    doc: "The latest versions of keys that match best, without a cursor: those that have the free text of the query in key or title first, then in description or names of columns, then elsewhere, the newest first among equals. Of more than 2,000 that match the newest are compared.",
    output: "ArtifactCollection[]",
    example:
      'for (const { key } of await vitrine.search.best.query({ where: { query: "rain" }, limit: 10 })) console.log(key);',
  },
  "search.pending": {
    doc: "How many versions changed and are not yet searched as they are now; at most 10,000 are counted.",
    output: "number",
    example: 'if ((await vitrine.search.pending.query()) > 0) console.log("Some versions are not searched yet");',
  },
  "search.why": {
    doc: "Why a query finds artifacts: the texts that have its words, with the offsets of matches, and where in the data they are (rows, path or heading). For the ids of a page, up to 200; up to 4 MB of their data is read.",
    output: "SearchReasons",
    example:
      'const query = "rain type:table";\nconst { items } = await vitrine.artifact.page.query({ where: { query } });\nconst ids = items.map(({ id }) => id);\nconst { reasons } = ids.length > 0 ? await vitrine.search.why.query({ query, ids }) : { reasons: [] };\nfor (const { id, matches } of reasons) console.log(id, matches[0]?.text, matches[0]?.rows);',
  },
  "changes.watch": {
    doc: "Server-sent events about changes made by any process: `resync` first (with `since`, what changed after that position), then `changed` at most every 50 ms, and `resync` after any gap. Messages have no rows; query again what you show. SERVICE_UNAVAILABLE above 100 watchers, and above 10 of one API key or address.",
    output: "ChangeMessage",
    example:
      'for await (const change of vitrine.changes.watch({ keys: ["daily-report"] })) {\n  if (change.type === "changed") console.log(change.kinds, change.keys);\n  break;\n}',
  },
  "apiKey.list": {
    doc: "All API keys: those of `VITRINE_API_KEYS` by name, then those of the database, then revoked ones. Never a secret.",
    output: "ApiKey[]",
    example:
      "for (const { name, role, lastUsed } of await vitrine.apiKey.list.query()) console.log(name, role, lastUsed);",
  },
  "apiKey.create": {
    doc: "Makes an API key, and returns it with its secret, which is not stored and never shown again. CONFLICT for a name that another one has.",
    output: "CreatedApiKey",
    example:
      'const { id, secret } = await vitrine.apiKey.create.mutate({ name: "etl", role: "write", expires: "2100-01-01T00:00:00Z" });\nconsole.log(id, secret);',
  },
  "apiKey.update": {
    doc: "Changes the role, the reached keys or the expiry of an API key, whose open streams end. NOT_FOUND; CONFLICT for a revoked one.",
    output: "ApiKey",
    example:
      'const key = (await vitrine.apiKey.list.query()).find(({ name }) => name === "etl");\nif (key?.id) await vitrine.apiKey.update.mutate({ id: key.id, role: "read", expires: null });',
  },
  "apiKey.revoke": {
    doc: "Revokes an API key for ever, with its sessions and open streams: in this process at once, in all others within a second. NOT_FOUND; CONFLICT for the last one with the role admin, where no other credential has it.",
    output: "ApiKey",
    example:
      'const key = (await vitrine.apiKey.list.query()).find(({ name, revoked }) => name === "etl" && revoked === null);\nif (key?.id) await vitrine.apiKey.revoke.mutate({ id: key.id, reason: "Replaced" });',
  },
  "admin.doctor": {
    doc: "Checks the invariants of the live database. Returns the violations.",
    output: "Violation[]",
    example: "for (const violation of await vitrine.admin.doctor.query()) console.error(violation);",
  },
  "admin.checkData": {
    doc: "Checks that the data of the next versions, by id, is what was written, by its size and hash: at most 2,000 versions, or 32 MB. Returns the violations, and where the next batch begins.",
    output: "DataCheck",
    example:
      "for (let after: string | null | undefined; after !== null; ) {\n  const { violations, next } = await vitrine.admin.checkData.query({ after });\n  for (const violation of violations) console.error(violation);\n  after = next;\n}",
  },
  "admin.checkFiles": {
    doc: "Compares the next 1,000 files, by hash, with what the blob store has. Returns the violations, what only one of both knows, and where the next batch begins.",
    output: "FilesCheck",
    example:
      "for (let after: string | undefined; ; ) {\n  const { violations, next } = await vitrine.admin.checkFiles.query({ after });\n  for (const violation of violations) console.error(violation);\n  if (next === null) break;\n  after = next;\n}",
  },
  "admin.repairFiles": {
    doc: "As `checkFiles`; files that the blob store lacks are asked for again by the next upload of the same bytes, and with `orphans` those that the database does not know are deleted in two days.",
    output: "FilesCheck",
    example:
      "const { orphans } = await vitrine.admin.repairFiles.mutate({ orphans: true });\nconsole.log(orphans.count, orphans.bytes);",
  },
  "admin.checkSearch": {
    doc: "Checks that search finds the next versions, by id, and their keys by what they have now: at most 1,000 versions, or 16 MB. Returns the violations, and where the next batch begins; the last one has no versions.",
    output: "DataCheck",
    example:
      "for (let after: string | null | undefined; after !== null; ) {\n  const { violations, next } = await vitrine.admin.checkSearch.query({ after });\n  for (const violation of violations) console.error(violation);\n  after = next;\n}",
  },
  "admin.repairSearch": {
    doc: "As `checkSearch`; what is wrong is put right in the background.",
    output: "DataCheck",
    example:
      "for (let after: string | null | undefined; after !== null; ) {\n  after = (await vitrine.admin.repairSearch.mutate({ after })).next;\n}",
  },
  "admin.moveData": {
    doc: "Moves the next data above the inline limit to the blob store, or back into the database, by id; from then on, what is written goes there too. Returns where the next batch begins. CONFLICT without a blob store, and while a server of an earlier version runs.",
    output: "DataMoved",
    example:
      'let batch = await vitrine.admin.moveData.mutate({ to: "blobs" });\nwhile (batch.next !== null) batch = await vitrine.admin.moveData.mutate({ to: "blobs", after: batch.next });',
  },
  "admin.database": {
    doc: "Whether a pooler is between the server and its database, and what follows from it.",
    output: "DatabaseStatus",
    example: "const { pooler, note } = await vitrine.admin.database.query();\nconsole.log(pooler, note);",
  },
  "admin.protectedLabels": {
    doc: "The labels that only the role admin may set and remove, by name.",
    output: "string[]",
    example: "console.log(await vitrine.admin.protectedLabels.query());",
  },
  "admin.protectLabels": {
    doc: "Replaces the protected labels. Returns them, by name.",
    output: "string[]",
    example: 'await vitrine.admin.protectLabels.mutate({ labels: ["golden"] });',
  },
  "admin.import": {
    doc: "Imports up to 500 rows with their ids and timestamps in one transaction. A row that exists already, also in the trash, stays as it is, so that an import can be repeated.",
    output: "ImportResult",
    example:
      'const row = { id: "019a0000-0000-7000-8000-000000000001", created: "2026-01-02T03:04:05Z", updated: "2026-01-02T03:04:05Z" };\nconst { created } = await vitrine.admin.import.mutate({ artifacts: [{ ...row, key: "imported", data: 1, previous: null }] });\nconsole.log(created);',
  },
  "admin.known": {
    doc: "Which of up to 1,000 ids exist, artifacts also in the trash, each with the timestamp of its last change.",
    output: "KnownRow[]",
    example:
      'console.log(await vitrine.admin.known.query({ kind: "artifacts", ids: ["019a0000-0000-7000-8000-000000000001"] }));',
  },
  "admin.restore": {
    doc: "Starts or resumes the restore of a backup. Returns the parts received so far; send the others to `/api/restore/BACKUP/NUMBER`. CONFLICT where the database is not empty, unless this backup was restored into it.",
    output: "RestoreState",
    example:
      '// vitrine restore-backup does this, and then sends the parts.\nconst state = await vitrine.admin.restore.mutate({ backup: "019a0000-0000-7000-8000-000000000002" }).catch(String);\nconsole.log(state);',
  },
};
