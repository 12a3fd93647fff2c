import type { AnyTRPCProcedure } from "@trpc/server";
import { adminRouter } from "./admin";
import { artifactRouter } from "./artifact";
import { changesRouter } from "./changes";
import { collectionRouter } from "./collection";
import type { Role } from "./context";
import { deploymentRouter } from "./deployment";
import { flowRouter } from "./flow";
import { flowRunRouter } from "./flow-run";
import { taskRunRouter } from "./task-run";
import { trashRouter } from "./trash";
import { createCallerFactory, hasRole, type Meta, router } from "./trpc";

export const appRouter = router({
  artifact: artifactRouter,
  collection: collectionRouter,
  trash: trashRouter,
  flow: flowRouter,
  deployment: deploymentRouter,
  flowRun: flowRunRouter,
  taskRun: taskRunRouter,
  changes: changesRouter,
  admin: adminRouter,
});
export type AppRouter = typeof appRouter;

// tRPC stores procedures by their whole path, which its types do not declare.
const byPath = appRouter._def.procedures as unknown as Record<string, Procedure>;

type Procedure = AnyTRPCProcedure & { _def: { meta: Meta } };

/** Every procedure by its path: `artifact.create`. */
export const procedures: ReadonlyMap<string, Procedure> = new Map(Object.entries(byPath));

/** Whether a role may call a procedure; false for one that does not exist. */
export function permits(role: Role | null, name: string): boolean {
  const procedure = procedures.get(name);
  return procedure !== undefined && hasRole(role, procedure._def.meta.role);
}

/** Calls procedures in process with a context; results have RawJson where the context has no `encode`. */
export const createCaller = createCallerFactory(appRouter);
