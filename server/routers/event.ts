import { type Actor, type Event, EventCount, EventList, EventPage } from "#contract/event";
import type { Page } from "#contract/paging";
import * as events from "#server/models/event";
import { admin, adminSearches, router } from "#server/routers/trpc";

export const eventRouter = router({
  /** Who wrote what, the newest first, by limit (50, at most 200) and offset. `GET /api/audit` sends all, as JSON lines. */
  list: adminSearches.input(EventList).query(({ ctx, input }): Promise<Event[]> => events.list(ctx.db, input)),

  /** As `list`, by cursor. */
  page: adminSearches.input(EventPage).query(({ ctx, input }): Promise<Page<Event>> => events.page(ctx.db, input)),

  /** The number of matching events; see `atMost` for its bound. */
  count: adminSearches.input(EventCount).query(({ ctx, input }): Promise<number> => events.total(ctx.db, input)),

  /** Everyone who ever wrote, by kind and name. */
  actors: admin.query(({ ctx }): Promise<Actor[]> => events.actors(ctx.db)),
});
