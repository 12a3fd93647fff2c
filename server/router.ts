import { adminRouter } from "./routers/admin";
import { artifactRouter } from "./routers/artifact";
import { changesRouter } from "./routers/changes";
import { collectionRouter } from "./routers/collection";
import { deploymentRouter } from "./routers/deployment";
import { flowRouter } from "./routers/flow";
import { flowRunRouter } from "./routers/flow-run";
import { taskRunRouter } from "./routers/task-run";
import { trashRouter } from "./routers/trash";
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

/** Calls procedures in process, with a context in hand. */
export const callerOf = createCaller(appRouter);
