import type { Artifact } from "#contract/artifact";
import type { ArtifactCollection } from "#contract/collection";
import type { Deployment } from "#contract/deployment";
import { VitrineError } from "#contract/error";
import type { Flow } from "#contract/flow";
import type { FlowRun } from "#contract/flow-run";
import type { SearchedPage } from "#contract/paging";
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
   * @param onPage receives each page before its rows: `pending` is how many versions its query does not search yet
   */
  page(input?: Input, onPage?: (page: SearchedPage<Row>) => void): AsyncGenerator<Row, void>;
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
    artifacts: { page: (input = {}, onPage) => eachRow(artifact.page.query, input, onPage) },
    collections: { page: (input = {}, onPage) => eachRow(collection.page.query, input, onPage) },
    flows: { page: (input = {}, onPage) => eachRow(flow.page.query, input, onPage) },
    deployments: { page: (input = {}, onPage) => eachRow(deployment.page.query, input, onPage) },
    flowRuns: { page: (input = {}, onPage) => eachRow(flowRun.page.query, input, onPage) },
    taskRuns: { page: (input = {}, onPage) => eachRow(taskRun.page.query, input, onPage) },
    removed: { page: (input = {}, onPage) => eachRow(trash.page.query, input, onPage) },
  };
}

async function* eachRow<Input extends object, Row>(
  query: (input: Input & { cursor?: string; limit?: number }) => Promise<SearchedPage<Row>>,
  input: Input,
  onPage?: (page: SearchedPage<Row>) => void,
): AsyncGenerator<Row, void> {
  let request: Input & { cursor?: string; limit?: number } = input;
  while (true) {
    const page = await query(request).catch((error: unknown) => {
      const fits = error instanceof VitrineError && error.code === "PAYLOAD_TOO_LARGE" ? error.details.fits : undefined;
      if (!fits) throw error;
      request = { ...request, limit: fits };
      return null;
    });
    if (page) onPage?.(page);
    if (page) yield* page.items;
    if (page?.next === null) return;
    if (page) request = { ...request, cursor: page.next };
  }
}
