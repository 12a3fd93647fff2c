/** Opens the database where no process of ours has: under `next dev`. */
export async function register(): Promise<void> {
  // Next builds this file for its edge runtime too, and leaves out what stands behind this very condition.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { env } = await import("#server/env");
    const { building, databaseUrl: url, prepare, dataDir: folder, port } = env();
    if (building) return;
    const { open } = await import("#db/open");
    const { beginChanges } = await import("#server/changes");
    const { address } = await open({
      url,
      prepare,
      folder,
      reached: `http://127.0.0.1:${port}`,
      say: (line) => console.log(line),
    });
    beginChanges(address, env());
  }
}
