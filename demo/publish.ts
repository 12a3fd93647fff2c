import { createHash } from "node:crypto";
import type { Vitrine } from "#client/connect";
import { VitrineError } from "#contract/error";
import type { StateSet } from "#contract/run";
import { edit } from "./edits";
import type { Plan, Publication, Run, Step } from "./plan";

const FINAL = new Set(["COMPLETED", "FAILED", "CANCELLED", "CRASHED"]);

/** Numbers of versions: in the plan, and of those not published because they were published before and deleted. */
export interface Outcome {
  versions: number;
  removed: number;
}

/**
 * Publishes a plan: the flow, its deployments, then one run after the other, so that versions are in order. Idempotent:
 * publishing again adds nothing.
 */
export async function publish(vitrine: Vitrine, plan: Plan): Promise<Outcome> {
  const { id: flowId } = await vitrine.flow.create.mutate(plan.flow);
  const deployments = await Promise.all(
    plan.deployments.map((each) => vitrine.deployment.create.mutate({ ...each, flowId })),
  );
  const idOf = new Map(deployments.map(({ name, id }) => [name, id]));
  const outcome: Outcome = { versions: 0, removed: 0 };
  for (const run of plan.runs) {
    await publishRun(vitrine, plan.flow.name, flowId, idOf.get(run.deployment ?? "") ?? null, run, outcome);
  }
  if (plan.edits) await edit(vitrine, plan.edits);
  return outcome;
}

async function publishRun(
  vitrine: Vitrine,
  flow: string,
  flowId: string,
  deploymentId: string | null,
  run: Run,
  outcome: Outcome,
) {
  const state = run.state ?? { type: "COMPLETED" };
  const { id: flowRunId } = await vitrine.flowRun.create.mutate({
    flowId,
    deploymentId,
    idempotencyKey: `demo:${run.id}`,
    name: run.name ?? run.id,
    tags: run.tags ?? [],
    parameters: run.parameters ?? {},
    state,
    ...timesOf(run, state),
  });
  const steps = await Promise.all(run.steps.map((step) => publishStep(vitrine, flowRunId, run, step, state)));
  const { endTime, startTime } = timesOf(run, state);
  const created = endTime ?? startTime;
  const versions = steps.flatMap(({ taskRunId, publishes }) =>
    publishes.map((each) => ({ ...each, flowRunId, taskRunId, ...(created !== undefined && { created }) })),
  );
  await inOrderOfKeys(versions, async (version) => {
    const exists = await publishVersion(vitrine, `demo:${flow}:${run.id}:${version.key ?? version.type}`, version);
    outcome.versions++;
    if (!exists) outcome.removed++;
  });
}

async function publishStep(vitrine: Vitrine, flowRunId: string, run: Run, step: Step, runState: StateSet) {
  const state = step.state ?? runState;
  const { id } = await vitrine.taskRun.create.mutate({
    flowRunId,
    taskKey: step.key,
    dynamicKey: "0",
    name: step.key,
    tags: run.tags ?? [],
    state,
    ...timesOf(run, state),
  });
  return { taskRunId: id, publishes: step.publishes ?? [] };
}

/** Runs `work` for different keys in parallel, but in sequence for the versions of one key. */
async function inOrderOfKeys<T extends { key?: string | null | undefined }>(
  versions: T[],
  work: (version: T) => Promise<void>,
) {
  const chains = new Map<string, Promise<void>>();
  for (const [i, version] of versions.entries()) {
    const chain = version.key ?? `unkeyed-${i}`;
    chains.set(
      chain,
      (chains.get(chain) ?? Promise.resolve()).then(() => work(version)),
    );
  }
  await Promise.all(chains.values());
}

type Version = Publication & { flowRunId: string; taskRunId: string };

async function publishVersion(vitrine: Vitrine, name: string, { files, ...version }: Version): Promise<boolean> {
  // Files of this project change between two runs of the demo; changed data is another version.
  const hash = createHash("sha256")
    .update(JSON.stringify({ ...version, files }))
    .digest("hex")
    .slice(0, 16);
  try {
    const idempotencyKey = `${name}:${hash}`;
    if (files) await publishFolder(vitrine, version, files, idempotencyKey);
    else await vitrine.artifact.create.mutate({ ...version, idempotencyKey });
    return true;
  } catch (error) {
    if (error instanceof VitrineError && error.code === "NOT_FOUND") return false;
    throw error;
  }
}

/** By the client, which sends the files before; without the runs, which it has of its own. */
async function publishFolder(
  vitrine: Vitrine,
  { key, description, created }: Version,
  files: Record<string, string>,
  idempotencyKey: string,
) {
  const source = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, new Blob([text])]));
  await vitrine.files(key ?? null, source, {
    ...(typeof description === "string" && { description }),
    ...(created !== undefined && { created }),
    idempotencyKey,
  });
}

interface Times {
  expectedStartTime?: string;
  startTime?: string;
  endTime?: string;
}

function timesOf({ start, minutes = 1 }: Run, { type }: StateSet): Times {
  if (!start) return {};
  if (type === "SCHEDULED" || type === "PAUSED") return { expectedStartTime: start };
  const end = new Date(Date.parse(start) + minutes * 60_000).toISOString();
  return { expectedStartTime: start, startTime: start, ...(FINAL.has(type) ? { endTime: end } : {}) };
}
