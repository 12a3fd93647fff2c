import {
  Ban,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CirclePlay,
  CircleX,
  Clock,
  type LucideIcon,
  OctagonAlert,
} from "lucide-react";
import type { State } from "#contract/run";
import type { StateType } from "#contract/where";

const LOOK: Record<StateType, [icon: LucideIcon, color: string]> = {
  SCHEDULED: [Clock, "text-faint"],
  PENDING: [CircleDashed, "text-faint"],
  RUNNING: [CirclePlay, "text-accent"],
  COMPLETED: [CircleCheck, "text-good"],
  FAILED: [CircleX, "text-danger"],
  CRASHED: [OctagonAlert, "text-danger"],
  CANCELLED: [Ban, "text-faint"],
  CANCELLING: [Ban, "text-faint"],
  PAUSED: [CirclePause, "text-warn"],
};

/** The name of a run's state, which can be custom, with the icon of its type; the title is its message. */
export function RunState({ state }: { state: State | null }) {
  if (!state) return null;
  const [Icon, color] = LOOK[state.type];
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-soft" title={state.message ?? undefined}>
      <Icon aria-hidden className={`size-3.5 shrink-0 ${color}`} />
      <span className="truncate">{state.name}</span>
    </span>
  );
}

/** The display name of a state type: `Completed`. */
export function stateLabel(type: string): string {
  return type.charAt(0) + type.slice(1).toLowerCase();
}
