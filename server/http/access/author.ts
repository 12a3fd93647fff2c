import { VitrineError } from "#contract/error";
import { FLOW_RUN_HEADER, SERVICE_HEADER, Service } from "#contract/event";
import { Id } from "#contract/value";
import type { Author } from "#server/models/author";

/** What is read of a request. */
interface Request {
  headers: { get(name: string): string | null };
  record: { id: string };
}

/**
 * Who writes by a request: the actor of its credential, beside what its headers claim.
 * @throws VitrineError BAD_REQUEST for a header of another form
 */
export function authorOf({ headers, record }: Request, { actor }: Pick<Author, "actor">): Author {
  const service = headers.get(SERVICE_HEADER);
  const flowRunId = headers.get(FLOW_RUN_HEADER);
  if (service !== null && !Service.safeParse(service).success) {
    throw headerError(SERVICE_HEADER, "must have 1 to 64 characters without control characters");
  }
  const run = flowRunId === null ? null : Id.safeParse(flowRunId);
  if (run && !run.success) throw headerError(FLOW_RUN_HEADER, "must be the id of a flow run");
  return { actor, service, flowRunId: run?.data ?? null, requestId: record.id };
}

function headerError(field: string, rule: string): VitrineError {
  return new VitrineError("BAD_REQUEST", `The header "${field}" ${rule}.`, { field });
}
