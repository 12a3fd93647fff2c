import type { Database, Pools } from "#db/postgres";

export interface Statement {
  text: string;
  values: unknown[];
}

/** A node of the JSON that EXPLAIN returns. */
export interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
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

/** Runs `work` and returns the statements that it sends outside of transactions, prepared or not. */
export async function captureStatements(
  { writes, searches, long }: Pools,
  work: () => Promise<unknown>,
): Promise<Statement[]> {
  const sent: Statement[] = [];
  const restore = [writes, searches, long].map((db) => record(db, sent));
  try {
    await work();
  } finally {
    for (const each of restore) each();
  }
  return sent.filter(({ text }) => /^[\s(]*(select|with|insert|update|delete)/i.test(text));
}

/** Puts a recorder before the driver, for Drizzle and for compiled statements. @returns removes it */
function record(db: Database, sent: Statement[]): () => void {
  const client = db.$client;
  const session: unknown = Reflect.get(db, "session");
  if (!client || typeof session !== "object" || session === null) throw new Error("Drizzle's session has moved.");
  const unsafe = (text: string, values: unknown[] = []) => {
    sent.push({ text, values: [...values] });
    return client.unsafe(text, values);
  };
  const put = (each: object) => {
    Reflect.set(db, "$client", each);
    Reflect.set(session, "client", each);
  };
  put(new Proxy(client, { get: (target, name) => (name === "unsafe" ? unsafe : Reflect.get(target, name)) }));
  return () => put(client);
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
