import { type Person, PersonList, type PersonSignedOut } from "#contract/person";
import { ChangeById } from "#contract/value";
import * as people from "#server/models/person";
import { admin, adminSearches, router } from "#server/routers/trpc";

export const personRouter = router({
  /** Who signed in by OpenID Connect, by name, by limit (50, at most 200) and offset. */
  list: adminSearches.input(PersonList).query(({ ctx, input }): Promise<Person[]> => people.list(ctx.db, input)),

  /** How many people there are. */
  count: adminSearches.query(({ ctx }): Promise<number> => people.total(ctx.db)),

  /**
   * Deletes a person and ends their sessions. What they wrote stays, by "Deleted person". They can sign in again as a new
   * person while their groups have a role. NOT_FOUND for an unknown id.
   */
  remove: admin
    .input(ChangeById)
    .mutation(({ ctx, input }): Promise<{ id: string }> => people.remove(ctx.db, input, ctx.author)),

  /** Ends all sessions of a person, who can sign in again. Returns how many there were. NOT_FOUND for an unknown id. */
  signOut: admin
    .input(ChangeById)
    .mutation(({ ctx, input }): Promise<PersonSignedOut> => people.signOut(ctx.db, input, ctx.author)),
});
