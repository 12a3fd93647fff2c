import type { Database } from "#db/postgres";

/** A statement as it went to PostgreSQL. */
export interface Statement {
  text: string;
  values: unknown[];
}

/** A node of a plan, as EXPLAIN gives it. */
export interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows"?: number;
  Plans?: PlanNode[];
}

/** What EXPLAIN says of a statement; the times where it was run. */
export interface Plan {
  root: PlanNode;
  planning: number;
  execution: number;
}

type Listener = (connection: number, text: string, values: unknown[]) => void;

/** Does work on a store and gives the statements that it really sent, prepared or not. */
export async function sentBy(db: Database, work: () => Promise<unknown>): Promise<Statement[]> {
  const sent: Statement[] = [];
  const hear: Listener = (_, text, values) => sent.push({ text, values: [...values] });
  const clients = [db, db.bounded ?? db, ...(db.quick ?? [])].map(optionsOf);
  for (const options of clients) Reflect.set(options, "debug", hear);
  try {
    await work();
  } finally {
    for (const options of clients) Reflect.set(options, "debug", false);
  }
  return sent.filter(({ text }) => /^\s*(select|with|insert|update|delete)/i.test(text));
}

/** The driver reads its options at each statement; Drizzle keeps the driver's client under this name. */
function optionsOf(db: Database): object {
  const options = Reflect.get(db.$client ?? {}, "options");
  if (typeof options !== "object" || options === null) throw new Error("The driver has no options to listen by.");
  return options;
}

/** A plan for any values, or one for just these; `auto` is what PostgreSQL itself chooses. */
export type PlanMode = "force_generic_plan" | "force_custom_plan" | "auto";

/** Explains a statement as prepared; with `run` it is run for that, and its times are given. Nothing it does is kept. */
export async function explained(db: Database, { text, values }: Statement, mode: PlanMode, run = false): Promise<Plan> {
  const undone = new Error("undone");
  let found: Plan | undefined;
  await db
    .transaction(async (tx) => {
      await tx.execute(`set local plan_cache_mode = ${mode}`);
      await tx.execute(`prepare explained as ${text}`);
      const call = `execute explained${values.length > 0 ? `(${values.map(literal).join(", ")})` : ""}`;
      const [row] = await tx.execute(`explain (${run ? "analyze, " : ""}format json) ${call}`);
      await tx.execute("deallocate explained");
      found = planOf(row?.["QUERY PLAN"]);
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  if (!found) throw new Error("EXPLAIN gave no plan.");
  return found;
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return "null";
  return `'${String(value).replaceAll("'", "''")}'`;
}

function planOf(answer: unknown): Plan {
  const parsed: unknown = typeof answer === "string" ? JSON.parse(answer) : answer;
  const [first] = Array.isArray(parsed) ? parsed : [];
  return { root: first.Plan, planning: first["Planning Time"] ?? 0, execution: first["Execution Time"] ?? 0 };
}

/** All nodes of a plan. */
export function nodesOf(root: PlanNode): PlanNode[] {
  return [root, ...(root.Plans ?? []).flatMap(nodesOf)];
}
