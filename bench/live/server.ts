import { createServer } from "node:http";
import { connect } from "#db/postgres";
import { createChanges } from "#server/models/changes";
import { createPageGuard } from "#server/page-guard";

/** Which database, and whether changes are told: without, writes say nothing to anybody and nobody can watch. */
export interface DoorJob {
  url: string;
  told: boolean;
}

const { url, told }: DoorJob = JSON.parse(process.argv[2] ?? "");
const env = { host: "127.0.0.1", maxData: 2 ** 20, allowedHosts: [], apiKeys: [] };
const door = createPageGuard({
  db: connect(url).db,
  changes: told ? createChanges(url) : { ...createChanges(null), changed: () => {} },
  env,
});
const server = createServer(door);
server.listen(0, "127.0.0.1", () => {
  const at = server.address();
  process.stdout.write(`door at ${typeof at === "object" ? at?.port : 0}\n`);
});
