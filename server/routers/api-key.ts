import { type ApiKey, ApiKeyCreate, ApiKeyRevoke, ApiKeyUpdate, type CreatedApiKey } from "#contract/api-key";
import * as apiKeys from "#server/models/api-key";
import { admin, adminSearches, router } from "#server/routers/trpc";

export const apiKeyRouter = router({
  /** All API keys: those of `VITRINE_API_KEYS` by name, then those of the database, then revoked ones. Never a secret. */
  list: adminSearches.query(({ ctx }): Promise<ApiKey[]> => apiKeys.list(ctx.db, ctx.credentials)),

  /**
   * Makes an API key, and returns it with its secret, which is not stored and never shown again. CONFLICT for a name that
   * another one has.
   */
  create: admin
    .input(ApiKeyCreate)
    .mutation(
      ({ ctx, input }): Promise<CreatedApiKey> =>
        ctx.credentials.applied(apiKeys.create(ctx.db, input, ctx.author, ctx.credentials)),
    ),

  /** Changes the role, the reached keys or the expiry of an API key, whose open streams end. NOT_FOUND; CONFLICT for a revoked one. */
  update: admin
    .input(ApiKeyUpdate)
    .mutation(
      ({ ctx, input }): Promise<ApiKey> =>
        ctx.credentials.applied(apiKeys.update(ctx.db, input, ctx.author, ctx.credentials)),
    ),

  /**
   * Revokes an API key for ever, with its sessions and open streams: in this process at once, in all others within a
   * second. NOT_FOUND; CONFLICT for the last one with the role admin, where no other credential has it.
   */
  revoke: admin
    .input(ApiKeyRevoke)
    .mutation(
      ({ ctx, input }): Promise<ApiKey> =>
        ctx.credentials.applied(apiKeys.revoke(ctx.db, input, ctx.author, ctx.credentials)),
    ),
});
