import { formatBytes, pluralize } from "#formats/number";
import { command } from "../runtime/command";
import { confirm } from "../terminal/confirm";
import { EXIT, usageError } from "../terminal/error";

export const blobs = command({
  name: "blobs",
  summary: "Move large data between the database and the blob store",
  synopsis: "move",
  argCount: [1, 1],
  complete: [["move"]],
  options: {
    inline: { type: "boolean", default: false, help: "Move it from the blob store back into the database" },
    yes: { type: "boolean", short: "y", default: false, help: "Confirm that no server of an earlier version runs" },
  },
  details: `move stores JSON data above VITRINE_INLINE in the blob store of the server, also that of revisions and of deleted versions, and so
does every later write. From then on no server of an earlier version starts on this database. Reads and writes go on meanwhile; an
interrupted move is started again. --inline is the way back, after which earlier versions start again.
Restores and new databases store large data in the blob store by themselves. Requires the role admin.`,
  examples: ["vitrine blobs move", "vitrine blobs move --inline"],
  async run({ args: [verb], connection, output, interruption, values: { inline, yes } }) {
    if (verb !== "move") throw usageError(`Unknown "blobs ${verb}": use move.`);
    const { admin } = connection.vitrine;
    const to = inline ? "inline" : "blobs";
    const { pooler } = await admin.database.query();
    const hidesServers = !inline && pooler !== "none";
    const question = "A connection pooler hides other servers. Does no server of an earlier version use this database?";
    if (hidesServers) await confirm({ output, interruption }, yes, question);
    const sum = { moved: 0, bytes: 0, lost: 0 };
    for (let after: string | null | undefined; after !== null; ) {
      if (after === undefined) sum.lost = 0;
      const batch = await admin.moveData.mutate({ to, after, confirmed: hidesServers || yes });
      sum.moved += batch.moved;
      sum.bytes += batch.bytes;
      sum.lost += batch.lost;
      after = batch.next === null && batch.left > sum.lost ? undefined : batch.next;
    }
    await output.result(sum, () => {
      const where = inline ? "into the database" : "to the blob store";
      const moved = `Moved the data of ${pluralize(sum.moved, "version")} (${formatBytes(sum.bytes)}) ${where}.`;
      return sum.lost === 0 ? moved : `${moved}\n${lostSentence(sum.lost)}`;
    });
    if (sum.lost > 0) process.exitCode = EXIT.failed;
  },
});

function lostSentence(count: number): string {
  return `The blob store lacks the data of ${pluralize(count, "version")}, which stays as it is: restore the objects, and run the command again; vitrine doctor --all names them. Servers of earlier versions do not start until then.`;
}
