/** Filters for the page about them, which tests compile and run. */
export const WHERE_EXAMPLES: { title: string; where: string }[] = [
  {
    title: "Tables and images of the flow `etl` since the start of the year:",
    where: `
await vitrine.artifact.list.query({
  where: {
    flows: { name: { any: ["etl"] } },
    artifacts: { type: { any: ["table", "image"] }, created: { after: "2026-01-01T00:00:00Z" } },
  },
});`,
  },
  {
    title: "The latest version of each key that begins with `daily-`, if a failed run produced it:",
    where: `
await vitrine.collection.list.query({
  where: {
    artifacts: { key: { startsWith: "daily-" } },
    flowRuns: { state: { type: { any: ["FAILED", "CRASHED"] } } },
  },
  sort: "UPDATED_DESC",
});`,
  },
  {
    title: "How many artifacts have the region `eu` and any model in their metadata, or `final` in their description:",
    where: `
const metadata = [
  { name: "region", equals: "eu" },
  { name: "model", exists: true },
];
await vitrine.artifact.count.query({
  where: { artifacts: { operator: "or", metadata, description: { contains: "final" } } },
});`,
  },
  {
    title: "Keys whose latest table has more than 1,000 rows, and whose model was trained in another region than `eu`:",
    where: `
await vitrine.collection.list.query({
  where: {
    artifacts: {
      rows: { min: 1001 },
      metadata: [{ name: "model", path: ["training", "region"], notAny: ["eu"] }],
    },
  },
  sort: "ROWS_DESC",
});`,
  },
  {
    title: "Runs tagged both `nightly` and `production` that have not ended:",
    where: `
await vitrine.flowRun.list.query({
  where: { flowRuns: { tags: { all: ["nightly", "production"] }, endTime: { isNull: true } } },
});`,
  },
];
