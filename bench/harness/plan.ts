import type { Database, Pools } from "#db/postgres";

export interface Statement {
  text: string;
  values: unknown[];
}

/** A node of the JSON that EXPLAIN returns. */
export interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows"?: number;
  Plans?: PlanNode[];
}

export interface Plan {
  root: PlanNode;
  /** Milliseconds. */
  planning: number;
  /** Milliseconds; 0 when the statement was not run. */
  execution: number;
}

/** Runs `work` and returns the statements that the driver sent for it, prepared or not. */
export async function captureStatements(
  { writes, searches }: Pools,
  work: () => Promise<unknown>,
): Promise<Statement[]> {
  const sent: Statement[] = [];
  const onStatement = (_: number, text: string, values: unknown[]) => sent.push({ text, values: [...values] });
  const clients = [writes, searches].map(driverOptions);
  for (const options of clients) Reflect.set(options, "debug", onStatement);
  try {
    await work();
  } finally {
    for (const options of clients) Reflect.set(options, "debug", false);
  }
  return sent.filter(({ text }) => /^\s*(select|with|insert|update|delete)/i.test(text));
}

/** postgres.js reads its options at each statement, so `debug` can be set on a connected client. */
function driverOptions(db: Database): object {
  const options = Reflect.get(db.$client ?? {}, "options");
  if (typeof options !== "object" || options === null)
    throw new Error("The postgres.js client has no options object to set `debug` on.");
  return options;
}

/** A plan for any values, a plan for these values, or the one that PostgreSQL chooses. */
export type PlanMode = "force_generic_plan" | "force_custom_plan" | "auto";

/** Explains a statement as a prepared one. With `run` it is executed and timed, then rolled back. */
export async function explain(db: Database, { text, values }: Statement, mode: PlanMode, run = false): Promise<Plan> {
  const rollback = new Error("rollback");
  let plan: Plan | undefined;
  await db
    .transaction(async (tx) => {
      await tx.execute(`set local plan_cache_mode = ${mode}`);
      await tx.execute(`prepare explained as ${text}`);
      const call = `execute explained${values.length > 0 ? `(${values.map(literal).join(", ")})` : ""}`;
      const [row] = await tx.execute(`explain (${run ? "analyze, " : ""}format json) ${call}`);
      await tx.execute("deallocate explained");
      plan = parsePlan(row?.["QUERY PLAN"]);
      throw rollback;
    })
    .catch((error: unknown) => {
      if (error !== rollback) throw error;
    });
  if (!plan) throw new Error("EXPLAIN returned no plan.");
  return plan;
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return "null";
  return `'${String(value).replaceAll("'", "''")}'`;
}

function parsePlan(json: unknown): Plan {
  const parsed: unknown = typeof json === "string" ? JSON.parse(json) : json;
  const [first] = Array.isArray(parsed) ? parsed : [];
  return { root: first.Plan, planning: first["Planning Time"] ?? 0, execution: first["Execution Time"] ?? 0 };
}

export function planNodes(root: PlanNode): PlanNode[] {
  return [root, ...(root.Plans ?? []).flatMap(planNodes)];
}
