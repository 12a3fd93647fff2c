import { createServer } from "node:http";
import postgres from "postgres";
import type { Statement } from "../harness/plan";

export interface BareRoutes {
  host: string;
  port: number;
  user: string;
  database: string;
  connections: number;
  /** By procedure: its statement, and the input field that is the first parameter (null: no parameter from the input). */
  routes: Record<string, { statement: Statement; input: string | null }>;
}

// Timestamps and data stay text, as in Vitrine.
const AS_TEXT = (from: number[]) => ({ to: from[0] ?? 0, from, serialize: String, parse: String });

/**
 * The minimum that a Node.js server can do: parse the URL, run one prepared statement, write its rows. It has no checks,
 * error handling or limits, and is only a baseline.
 */
function serveBare({ routes, connections, ...address }: BareRoutes): void {
  const sql = postgres({
    ...address,
    max: connections,
    fetch_types: false,
    types: { timestamp: AS_TEXT([1184]), json: AS_TEXT([114]) },
    connection: { TimeZone: "UTC" },
  });
  const server = createServer(async (request, response) => {
    const url = request.url ?? "";
    const query = url.indexOf("?input=");
    const route = routes[url.slice("/api/trpc/".length, query)];
    if (!route) throw new Error(`The bare server has no ${url}.`);
    const { statement, input } = route;
    const [, ...rest] = statement.values;
    const first = input === null ? statement.values[0] : JSON.parse(decodeURIComponent(url.slice(query + 7)))[input];
    const rows = await sql.unsafe(statement.text, [first, ...rest].map(String), { prepare: true });
    const body = Buffer.from(`{"result":{"data":${rows.length === 1 ? singleRow(rows[0]) : JSON.stringify(rows)}}}`);
    response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
    response.end(body);
  });
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    process.stdout.write(`listening on ${typeof address === "object" ? address?.port : 0}\n`);
  });
}

function singleRow(row: Record<string, unknown> | undefined): string {
  const { data, ...rest } = row ?? {};
  return data === undefined ? JSON.stringify([row]) : `${JSON.stringify(rest).slice(0, -1)},"data":${data}}`;
}

serveBare(JSON.parse(process.argv[2] ?? "{}"));
