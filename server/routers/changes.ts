import { type ChangeMessage, ChangesWatch } from "#contract/changes";
import { reads, router } from "#server/routers/trpc";

export const changesRouter = router({
  /**
   * Server-sent events about changes made by any process: `resync` first (with `since`, what changed after that
   * position), then `changed` at most every 50 ms, and `resync` after any gap. Messages have no rows; query again what
   * you show. SERVICE_UNAVAILABLE above 100 watchers, and above 10 of one API key or address.
   */
  watch: reads
    .input(ChangesWatch)
    .subscription(
      ({ ctx, input, signal }): AsyncIterable<ChangeMessage> => ctx.changes.watch(input, signal, ctx.caller, ctx.keys),
    ),
});
