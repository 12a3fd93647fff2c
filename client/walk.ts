import { StoreError } from "#contract/error";
import type { Page } from "#contract/query";
import type { Procedures } from "./procedures";

/**
 * Each row of a page procedure, page after page, asked for as the loop goes on; what a walk promises stands at `Page`.
 * Where the data of a page is too much for one answer, the pages get smaller.
 */
async function* walk<Input extends object, Row>(
  ask: (input: Input & { cursor?: string; limit?: number }) => Promise<Page<Row>>,
  input: Input,
): AsyncGenerator<Row, void> {
  let at: Input & { cursor?: string; limit?: number } = input;
  while (true) {
    const page = await ask(at).catch((error: unknown) => {
      const fits = error instanceof StoreError && error.code === "PAYLOAD_TOO_LARGE" ? error.details.fits : undefined;
      if (!fits) throw error;
      at = { ...at, limit: fits };
      return null;
    });
    if (page) yield* page.items;
    if (page?.next === null) return;
    if (page) at = { ...at, cursor: page.next };
  }
}

/** Lists as `for await` takes them: `for await (const artifact of vitrine.artifacts.page({ where }))`. */
export function walksOf({ artifact, collection, flow, deployment, flowRun, taskRun, trash }: Procedures) {
  return {
    artifacts: {
      /** Every version that matches. */
      page: (input: Parameters<typeof artifact.page.query>[0] = {}) => walk(artifact.page.query, input),
    },
    collections: {
      /** The latest version of each key whose latest matches. */
      page: (input: Parameters<typeof collection.page.query>[0] = {}) => walk(collection.page.query, input),
    },
    flows: { page: (input: Parameters<typeof flow.page.query>[0] = {}) => walk(flow.page.query, input) },
    deployments: {
      page: (input: Parameters<typeof deployment.page.query>[0] = {}) => walk(deployment.page.query, input),
    },
    flowRuns: { page: (input: Parameters<typeof flowRun.page.query>[0] = {}) => walk(flowRun.page.query, input) },
    taskRuns: { page: (input: Parameters<typeof taskRun.page.query>[0] = {}) => walk(taskRun.page.query, input) },
    /** What was removed and can be restored. */
    removed: { page: (input: Parameters<typeof trash.page.query>[0] = {}) => walk(trash.page.query, input) },
  };
}

export type Walks = ReturnType<typeof walksOf>;
