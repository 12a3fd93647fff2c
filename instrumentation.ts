/** Opens the database under `next dev`; otherwise server/main.ts opens it before it starts Next. */
export async function register(): Promise<void> {
  // Next builds this file for its edge runtime too, and drops the branch of exactly this condition there.
  if (process.env.NEXT_RUNTIME === "nodejs" && process.env.NODE_ENV === "development") {
    const { env } = await import("#server/process/env");
    const settings = env();
    const { databaseUrl: url, prepare, poolSize, migrate, dataDir: folder, port } = settings;
    const { openDatabase } = await import("#server/open-database");
    const { openBlobs } = await import("#server/blobs");
    const { startChanges } = await import("#server/changes");
    const { openOwnViewers } = await import("#server/http/sandbox/own-viewers");
    const { startKeyring } = await import("#server/keyring");
    const reached = `http://127.0.0.1:${port}`;
    const opened = await openDatabase({ url, prepare, poolSize, migrate, folder, reached, log: console.log });
    openOwnViewers(settings.viewers);
    startChanges(opened, settings);
    await startKeyring(opened.pools);
    await openBlobs(opened.pools, settings);
  }
}
