import { z } from "zod";
import { Id, name, Tags, Timestamp, text } from "./value";
import { StateType } from "./where";

/** The name defaults to that of the type ("Completed"); the server sets the timestamp. */
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

/** Times of a run that its producer can set. */
export const times = {
  startTime: Timestamp.nullish(),
  endTime: Timestamp.nullish(),
  expectedStartTime: Timestamp.nullish(),
};

/**
 * A change of a flow run or task run: absent fields keep, null clears. Unless the same call sets them, RUNNING sets a
 * missing start time, and a final state (COMPLETED, FAILED, CANCELLED, CRASHED) the end time.
 */
export const RunUpdate = z.strictObject({
  id: Id,
  name: name(255).optional(),
  tags: Tags.optional(),
  state: StateSet.optional(),
  ...times,
});
export type RunUpdate = z.infer<typeof RunUpdate>;
