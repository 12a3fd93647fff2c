// 15 2 * * *  node /srv/disk-usage.mjs /var/log
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { connect } from "vitrine-client/node";

const folder = process.argv[2] ?? ".";

// Publishing never fails this script: without a server it warns on stderr, and the work continues.
const vitrine = connect({ onError: "warn" });

await vitrine.run({ flow: "disk-usage", parameters: { folder } }, async () => {
  const files = await vitrine.task("measure", () => measure(folder));
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const mebibytes = (bytes / 2 ** 20).toFixed(1);
  await vitrine.table("largest-files", files.slice(0, 100), { description: `The largest files of \`${folder}\`` });
  await vitrine.markdown("disk-usage", `# ${mebibytes} MiB\n\n${files.length} files in \`${folder}\`.`, {
    metadata: { folder, bytes },
  });
});

/** The files of a folder and its subfolders, the largest first. */
async function measure(root) {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = await Promise.all(paths.map(async (file) => ({ file, bytes: (await stat(file)).size })));
  return files.sort((a, b) => b.bytes - a.bytes);
}
