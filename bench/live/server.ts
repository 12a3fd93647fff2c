import { createServer } from "node:http";
import { connect } from "#db/postgres";
import { createAccess } from "#server/http/access";
import { createChanges } from "#server/models/changes";
import { createPageGuard } from "#server/page-guard";

/** Without `publishesChanges` writes publish no changes, and nobody can watch. */
const { url, publishesChanges }: { url: string; publishesChanges: boolean } = JSON.parse(process.argv[2] ?? "");
const env = {
  host: "127.0.0.1",
  maxData: 2 ** 20,
  revisions: 1000,
  searchVersions: 16_384,
  allowedHosts: [],
  allowedOrigins: [],
  trustedProxies: [],
  apiKeys: [],
};
const changes = publishesChanges ? createChanges(url) : { ...createChanges(null), changed: () => {} };
const server = createServer(createPageGuard({ pools: connect(url).pools, changes, env, access: createAccess(env) }));
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.stdout.write(`listening on ${typeof address === "object" ? address?.port : 0}\n`);
});
