import type { z } from "zod";
import type { Artifact, ArtifactPage } from "#contract/artifact";
import type { ArtifactCollection, CollectionPage } from "#contract/collection";
import type { Deployment, DeploymentPage } from "#contract/deployment";
import { VitrineError } from "#contract/error";
import type { Flow, FlowPage } from "#contract/flow";
import type { FlowRun, FlowRunPage } from "#contract/flow-run";
import type { Page } from "#contract/query";
import type { TaskRun, TaskRunPage } from "#contract/task-run";
import type { TrashedArtifact, TrashPage } from "#contract/trash";
import type { Procedures } from "./procedures";

interface PagedList<Input extends z.ZodType, Row> {
  /**
   * Iterates over all rows and fetches page by page, `limit` rows each (at most 200). Pages get smaller where their data
   * would exceed the response limit. See `Page` in the contract for rows that change meanwhile.
   */
  page(input?: NonNullable<z.input<Input>>): AsyncGenerator<Row, void>;
}

/** Lists for `for await`: `for await (const artifact of vitrine.artifacts.page({ where }))`. */
export interface PagedLists {
  /** All versions that match. */
  artifacts: PagedList<typeof ArtifactPage, Artifact>;
  /** The latest version of each key, where that version matches. */
  collections: PagedList<typeof CollectionPage, ArtifactCollection>;
  flows: PagedList<typeof FlowPage, Flow>;
  deployments: PagedList<typeof DeploymentPage, Deployment>;
  flowRuns: PagedList<typeof FlowRunPage, FlowRun>;
  taskRuns: PagedList<typeof TaskRunPage, TaskRun>;
  /** Deleted versions that can be restored. */
  removed: PagedList<typeof TrashPage, TrashedArtifact>;
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
