import { createServer } from "node:http";
import postgres from "postgres";
import type { Statement } from "../harness/plan";

/** What the bare server answers: by procedure name, the statement and where its first value stands in the input. */
export interface BareRoutes {
  host: string;
  port: number;
  user: string;
  database: string;
  connections: number;
  routes: Record<string, { statement: Statement; input: string | null }>;
}

// Instants and data stay the text they come as, as in the product.
const AS_TEXT = (from: number[]) => ({ to: from[0] ?? 0, from, serialize: String, parse: String });

/**
 * The least that a server in Node can be: an address is cut up, one prepared statement is run, its rows are written.
 * No checks, no errors, no limits: what nobody would put before others.
 */
function serveBare({ routes, connections, ...place }: BareRoutes): void {
  const sql = postgres({
    ...place,
    max: connections,
    fetch_types: false,
    types: { instant: AS_TEXT([1184]), json: AS_TEXT([114]) },
    connection: { TimeZone: "UTC" },
  });
  const server = createServer(async (request, response) => {
    const url = request.url ?? "";
    const question = url.indexOf("?input=");
    const route = routes[url.slice("/api/trpc/".length, question)];
    if (!route) throw new Error(`The bare server has no ${url}.`);
    const { statement, input } = route;
    const [, ...rest] = statement.values;
    const first = input === null ? statement.values[0] : JSON.parse(decodeURIComponent(url.slice(question + 7)))[input];
    const rows = await sql.unsafe(statement.text, [first, ...rest].map(String), { prepare: true });
    const body = Buffer.from(`{"result":{"data":${rows.length === 1 ? one(rows[0]) : JSON.stringify(rows)}}}`);
    response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
    response.end(body);
  });
  server.listen(0, "127.0.0.1", () => {
    const at = server.address();
    process.stdout.write(`bare at ${typeof at === "object" && at ? at.port : 0}\n`);
  });
}

function one(row: Record<string, unknown> | undefined): string {
  const { data, ...rest } = row ?? {};
  return data === undefined ? JSON.stringify([row]) : `${JSON.stringify(rest).slice(0, -1)},"data":${data}}`;
}

serveBare(JSON.parse(process.argv[2] ?? "{}"));
