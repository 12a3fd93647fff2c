import type { AnyTRPCProcedure } from "@trpc/server";
import { adminRouter } from "./admin";
import { artifactRouter } from "./artifact";
import { changesRouter } from "./changes";
import { collectionRouter } from "./collection";
import { deploymentRouter } from "./deployment";
import { flowRouter } from "./flow";
import { flowRunRouter } from "./flow-run";
import { taskRunRouter } from "./task-run";
import { trashRouter } from "./trash";
import { createCaller, router } from "./trpc";

/** Every noun and its verbs: what all doors lead to. */
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
const byPath = appRouter._def.procedures as unknown as Record<string, AnyTRPCProcedure>;

/** Every procedure by its path: `artifact.create`. */
export const procedures: ReadonlyMap<string, AnyTRPCProcedure> = new Map(Object.entries(byPath));

/** Calls procedures in process, with a context in hand. */
export const callerOf = createCaller(appRouter);
