import { z } from "zod";
import { Id, name, Tags, Timestamp, text } from "./value";
import { StateType } from "./where";

/** A state to set. The name is the type's own ("Completed") when absent; the moment is the server's. */
export const StateSet = z.strictObject({
  type: StateType,
  name: name(255).nullish(),
  message: text(64 * 1024).nullish(),
});
export type StateSet = z.infer<typeof StateSet>;

export interface State {
  type: StateType;
  name: string;
  message: string | null;
  timestamp: string;
}

/** The times of a run that its producer may name. */
export const times = {
  startTime: Timestamp.nullish(),
  endTime: Timestamp.nullish(),
  expectedStartTime: Timestamp.nullish(),
};

/**
 * A change of a flow run or task run: absent keeps, null clears. Entering RUNNING sets a start time that is not set yet, and a
 * final state (COMPLETED, FAILED, CANCELLED, CRASHED) sets an end time, unless the same call names them.
 */
export const RunUpdate = z.strictObject({
  id: Id,
  name: name(255).optional(),
  tags: Tags.optional(),
  state: StateSet.optional(),
  ...times,
});
export type RunUpdate = z.infer<typeof RunUpdate>;
