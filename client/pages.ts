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

/**
 * A list that is asked for page after page as the loop goes on; what a walk promises stands at `Page`. Where the data of
 * a page is too much for one answer, the pages get smaller.
 */
interface Walk<Input extends z.ZodType, Row> {
  page(input?: NonNullable<z.input<Input>>): AsyncGenerator<Row, void>;
}

/** Lists as `for await` takes them: `for await (const artifact of vitrine.artifacts.page({ where }))`. */
export interface Walks {
  /** Every version that matches. */
  artifacts: Walk<typeof ArtifactPage, Artifact>;
  /** The latest version of each key whose latest matches. */
  collections: Walk<typeof CollectionPage, ArtifactCollection>;
  flows: Walk<typeof FlowPage, Flow>;
  deployments: Walk<typeof DeploymentPage, Deployment>;
  flowRuns: Walk<typeof FlowRunPage, FlowRun>;
  taskRuns: Walk<typeof TaskRunPage, TaskRun>;
  /** What was removed and can be restored. */
  removed: Walk<typeof TrashPage, TrashedArtifact>;
}

/** The lists of a server. */
export function walksOf({ artifact, collection, flow, deployment, flowRun, taskRun, trash }: Procedures): Walks {
  return {
    artifacts: { page: (input = {}) => walk(artifact.page.query, input) },
    collections: { page: (input = {}) => walk(collection.page.query, input) },
    flows: { page: (input = {}) => walk(flow.page.query, input) },
    deployments: { page: (input = {}) => walk(deployment.page.query, input) },
    flowRuns: { page: (input = {}) => walk(flowRun.page.query, input) },
    taskRuns: { page: (input = {}) => walk(taskRun.page.query, input) },
    removed: { page: (input = {}) => walk(trash.page.query, input) },
  };
}

async function* walk<Input extends object, Row>(
  ask: (input: Input & { cursor?: string; limit?: number }) => Promise<Page<Row>>,
  input: Input,
): AsyncGenerator<Row, void> {
  let at: Input & { cursor?: string; limit?: number } = input;
  while (true) {
    const page = await ask(at).catch((error: unknown) => {
      const fits = error instanceof VitrineError && error.code === "PAYLOAD_TOO_LARGE" ? error.details.fits : undefined;
      if (!fits) throw error;
      at = { ...at, limit: fits };
      return null;
    });
    if (page) yield* page.items;
    if (page?.next === null) return;
    if (page) at = { ...at, cursor: page.next };
  }
}
