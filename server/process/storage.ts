import { VitrineError } from "#contract/error";
import { logUnexpected } from "./log";

/** A write that failed for a full disk is reported for that long, so that a balancer then lets others try; in milliseconds. */
const REPORTED = 30_000;
const LOG_INTERVAL = 60_000;

const SENTENCE = "The database's disk is full; free space on it, then try again.";

let failedAt = Number.NEGATIVE_INFINITY;
let loggedAt = Number.NEGATIVE_INFINITY;

/** Notes that a write failed for a full disk, in the log at most once a minute. Returns its error, of status 507. */
export function diskFullError(): VitrineError {
  failedAt = performance.now();
  if (failedAt - loggedAt > LOG_INTERVAL) {
    loggedAt = failedAt;
    logUnexpected(new Error(SENTENCE));
  }
  return new VitrineError("SERVICE_UNAVAILABLE", SENTENCE, { httpStatus: 507 });
}

export function noteWritten(): void {
  failedAt = Number.NEGATIVE_INFINITY;
}

/** The sentence while the last write failed for a full disk, less than 30 s ago; else null. */
export function storageProblem(): string | null {
  return performance.now() - failedAt < REPORTED ? SENTENCE : null;
}
