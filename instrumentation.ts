/** Opens the database under `next dev`; elsewhere the process that brings Next up opens it. */
export async function register(): Promise<void> {
  // Next builds this file for its edge runtime too, and leaves out what stands behind this very condition.
  if (process.env.NEXT_RUNTIME === "nodejs" && process.env.NODE_ENV === "development") {
    const { env } = await import("#server/process/env");
    const { databaseUrl: url, prepare, migrate, dataDir: folder, port } = env();
    const { open } = await import("#server/open-database");
    const { beginChanges } = await import("#server/changes");
    const { address } = await open({
      url,
      prepare,
      migrate,
      folder,
      reached: `http://127.0.0.1:${port}`,
      say: (line) => console.log(line),
    });
    beginChanges(address, env());
  }
}
