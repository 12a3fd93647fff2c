import { adminRouter } from "./admin";
import { apiKeyRouter } from "./api-key";
import { artifactRouter } from "./artifact";
import { changesRouter } from "./changes";
import { collectionRouter } from "./collection";
import { deploymentRouter } from "./deployment";
import { eventRouter } from "./event";
import { flowRouter } from "./flow";
import { flowRunRouter } from "./flow-run";
import { personRouter } from "./person";
import { searchRouter } from "./search";
import { taskRunRouter } from "./task-run";
import { trashRouter } from "./trash";
import { createCallerFactory, router } from "./trpc";
import { viewRouter } from "./view";

export const appRouter = router({
  artifact: artifactRouter,
  collection: collectionRouter,
  trash: trashRouter,
  flow: flowRouter,
  deployment: deploymentRouter,
  flowRun: flowRunRouter,
  taskRun: taskRunRouter,
  event: eventRouter,
  view: viewRouter,
  person: personRouter,
  search: searchRouter,
  changes: changesRouter,
  apiKey: apiKeyRouter,
  admin: adminRouter,
});
export type AppRouter = typeof appRouter;

/** Calls procedures in process with a context; results have RawJson where the context has no `encode`. */
export const createCaller = createCallerFactory(appRouter);
