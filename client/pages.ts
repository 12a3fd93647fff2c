import type { Artifact } from "#contract/artifact";
import type { ArtifactCollection } from "#contract/collection";
import type { Deployment } from "#contract/deployment";
import { VitrineError } from "#contract/error";
import type { Flow } from "#contract/flow";
import type { FlowRun } from "#contract/flow-run";
import type { Page } from "#contract/paging";
import type { TaskRun } from "#contract/task-run";
import type { TrashedArtifact } from "#contract/trash";
import type {
  ArtifactPageInput,
  CollectionPageInput,
  DeploymentPageInput,
  FlowPageInput,
  FlowRunPageInput,
  Procedures,
  TaskRunPageInput,
  TrashPageInput,
} from "./procedures";

interface PagedList<Input, Row> {
  /**
   * Iterates over all rows and fetches page by page, `limit` rows each (at most 200). Pages get smaller where their data
   * would exceed the response limit. See `Page` in the contract for rows that change meanwhile.
   */
  page(input?: Input): AsyncGenerator<Row, void>;
}

/** Lists for `for await`: `for await (const artifact of vitrine.artifacts.page({ where }))`. */
export interface PagedLists {
  /** All versions that match. */
  artifacts: PagedList<ArtifactPageInput, Artifact>;
  /** The latest version of each key, where that version matches. */
  collections: PagedList<CollectionPageInput, ArtifactCollection>;
  flows: PagedList<FlowPageInput, Flow>;
  deployments: PagedList<DeploymentPageInput, Deployment>;
  flowRuns: PagedList<FlowRunPageInput, FlowRun>;
  taskRuns: PagedList<TaskRunPageInput, TaskRun>;
  /** Deleted versions that can be restored. */
  removed: PagedList<TrashPageInput, TrashedArtifact>;
}

export function pagedLists({
  artifact,
  collection,
  flow,
  deployment,
  flowRun,
  taskRun,
  trash,
}: Procedures): PagedLists {
  return {
    artifacts: { page: (input = {}) => eachRow(artifact.page.query, input) },
    collections: { page: (input = {}) => eachRow(collection.page.query, input) },
    flows: { page: (input = {}) => eachRow(flow.page.query, input) },
    deployments: { page: (input = {}) => eachRow(deployment.page.query, input) },
    flowRuns: { page: (input = {}) => eachRow(flowRun.page.query, input) },
    taskRuns: { page: (input = {}) => eachRow(taskRun.page.query, input) },
    removed: { page: (input = {}) => eachRow(trash.page.query, input) },
  };
}

async function* eachRow<Input extends object, Row>(
  query: (input: Input & { cursor?: string; limit?: number }) => Promise<Page<Row>>,
  input: Input,
): AsyncGenerator<Row, void> {
  let request: Input & { cursor?: string; limit?: number } = input;
  while (true) {
    const page = await query(request).catch((error: unknown) => {
      const fits = error instanceof VitrineError && error.code === "PAYLOAD_TOO_LARGE" ? error.details.fits : undefined;
      if (!fits) throw error;
      request = { ...request, limit: fits };
      return null;
    });
    if (page) yield* page.items;
    if (page?.next === null) return;
    if (page) request = { ...request, cursor: page.next };
  }
}
