import type { State } from "#contract/run";
import type { StateType } from "#contract/where";

const DOT: Record<StateType, string> = {
  SCHEDULED: "bg-edge",
  PENDING: "bg-edge",
  RUNNING: "bg-accent",
  COMPLETED: "bg-good",
  FAILED: "bg-danger",
  CRASHED: "bg-danger",
  CANCELLED: "bg-faint",
  CANCELLING: "bg-faint",
  PAUSED: "bg-warn",
};

/** The state of a run in its own word; the dot only repeats it. */
export function RunState({ state }: { state: State | null }) {
  if (!state) return null;
  return (
    <span className="flex items-center gap-1.5 text-soft" title={state.message ?? undefined}>
      <span aria-hidden className={`size-1.5 rounded-full ${DOT[state.type]}`} />
      {state.name}
    </span>
  );
}
