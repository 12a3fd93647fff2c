import type { useClient } from "#app/_data/client";
import type { ArtifactCreate } from "#contract/artifact";
import type { Json } from "#contract/json";

const CITIES = ["Oslo", "Bergen", "Trondheim", "Stavanger", "Tromsø"];
const DAYS = 12;

/**
 * Publishes the sample data: six keys of an invented shop, some with several versions, produced by a run of the flow
 * `sample-data`. Each key begins with `sample-`, each description says what it is.
 */
export async function loadSampleData(client: ReturnType<typeof useClient>): Promise<void> {
  const flow = await client.flow.create.mutate({ name: "sample-data", tags: ["sample"] });
  const state = { type: "COMPLETED" } as const;
  const run = await client.flowRun.create.mutate({ flowId: flow.id, name: "sample-run", tags: ["sample"], state });
  await client.artifact.createMany.mutate({ items: sampleArtifacts().map((item) => ({ ...item, flowRunId: run.id })) });
}

/** The versions of each key one after the other. */
export function sampleArtifacts(): ArtifactCreate[] {
  const orders = Array.from({ length: 3 }, (_, day) => ordersOf(day));
  const revenues = Array.from({ length: DAYS }, (_, day) => 4200 + 130 * day + (day % 3) * 310.5);
  return [
    ...orders.map((rows) => sample("orders", "table", rows, "Orders of the day by city")),
    ...revenues.map((revenue) => sample("revenue", "number", revenue, "Revenue of the day in euros")),
    ...[0, 1].map((day) => sample("report", "markdown", reportOf(revenues, day), "What happened today")),
    sample("settings", "json", { currency: "EUR", retries: 2, regions: ["north"] }, "What the shop runs with"),
    sample("settings", "json", { currency: "EUR", retries: 3, regions: ["north", "west"] }, "What the shop runs with"),
    sample("import", "progress", 65, "How far an import is"),
    sample(
      "dashboard",
      "link",
      { url: "https://shop.example/live", text: "Live numbers" },
      "A link to a page elsewhere",
    ),
  ];
}

function sample(name: string, type: string, data: Json, description: string): ArtifactCreate {
  return {
    key: `sample-${name}`,
    type,
    data,
    description: `Sample data: ${description}`,
    metadata: { sample: true, shop: "invented" },
  };
}

function ordersOf(day: number) {
  return CITIES.slice(0, 4 + Math.min(day, 1)).map((city, at) => ({
    city,
    orders: 17 + 7 * at + (at === day ? 5 : 0),
    returned: at % 3,
    revenue: 310.5 * (at + 1) + 42.25 * day,
  }));
}

function reportOf(revenues: number[], day: number): string {
  const [revenue = 0, before = 0] = [revenues[DAYS - 2 + day], revenues[DAYS - 3 + day]];
  const change = (100 * (revenue - before)) / before;
  return `# Report of the day

Revenue was **€ ${revenue.toFixed(2)}**, ${Math.abs(change).toFixed(1)} % ${change < 0 ? "less" : "more"} than the day before.

- Orders came from ${day === 0 ? "four" : "five"} cities.
- ${day === 0 ? "Two imports failed and were repeated." : "All imports succeeded."}

| City | Orders |
| ---- | -----: |
${ordersOf(day)
  .map(({ city, orders }) => `| ${city} | ${orders} |`)
  .join("\n")}
`;
}
