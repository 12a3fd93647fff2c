import { type ChangeMessage, ChangesWatch } from "#contract/changes";
import { reads, router } from "#server/routers/trpc";

export const changesRouter = router({
  /**
   * Tells what changes, in any process, as server-sent events: first `resync`, then hints at most every 50 ms, and
   * `resync` again after whatever may have been missed. Ask again for what you show; hints carry no rows.
   * SERVICE_UNAVAILABLE when 100 watch already.
   */
  watch: reads
    .input(ChangesWatch)
    .subscription(({ ctx, input, signal }): AsyncIterable<ChangeMessage> => ctx.changes.watch(input.keys, signal)),
});
