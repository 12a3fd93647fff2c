import { procedures } from "#server/routers/procedures";

export const TRPC_PATH = "/api/trpc/";
export const AUDIT_PATH = "/api/audit";
export const SANDBOX_PATH = "/api/sandbox";
export const METRICS_PATH = "/metrics";
export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** Pages and what they show; `{…}` stands for the rest of a path. */
const PAGES = [
  "/artifacts/key/{key}",
  "/artifacts/artifact/{id}",
  "/artifacts/compare",
  "/artifacts/unread",
  "/artifacts",
  "/runs/flow-run/{id}",
  "/runs/task-run/{id}",
  "/runs/deployment/{id}",
  "/runs/flow/{id}",
  "/runs",
  "/trash",
  "/sign-in",
  "/sandbox/{token}",
  "/",
].map((page) => ({ page, prefix: page.replace(/\{.*$/, "") }));

const FIXED = new Set([
  "/api/health",
  "/api/ready",
  "/api/sign-in",
  "/api/sign-out",
  "/api/backup",
  AUDIT_PATH,
  SANDBOX_PATH,
  METRICS_PATH,
]);

/** The name of a path in metrics and the log, never the path itself; the REST API knows more about its own routes. */
export function routeOf(path: string): string {
  if (path.startsWith(TRPC_PATH)) return procedureOf(path.slice(TRPC_PATH.length));
  if (FIXED.has(path)) return path;
  if (path.startsWith("/api/restore/")) return "/api/restore/{id}";
  if (path.startsWith("/api/artifacts/") && path.endsWith("/data")) return "/api/artifacts/{id}/data";
  if (path.startsWith("/api/artifacts/") && path.endsWith("/sandbox")) return "/api/artifacts/{id}/sandbox";
  if (path.startsWith("/api/")) return "other";
  if (path.startsWith("/_next/static/")) return "/_next/static";
  return PAGES.find(({ page, prefix }) => (page === prefix ? path === page : path.startsWith(prefix)))?.page ?? "other";
}

function procedureOf(name: string): string {
  if (procedures.has(name)) return name;
  return name.includes(",") ? "batch" : "other";
}
