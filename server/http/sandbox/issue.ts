import { VitrineError } from "#contract/error";
import { withSlot } from "#db/slots";
import { hasVersion } from "#server/models/file";
import { reachable } from "#server/models/reach";
import type { Context } from "#server/routers/context";
import type { Identity } from "../access/identity";
import { credentialNameOf } from "../access/recall";
import type { HttpRequest, HttpResponse } from "../message";
import { json } from "../respond";
import type { Tokens } from "./token";

const ISSUE = /^\/api\/artifacts\/([0-9a-f-]{36})\/sandbox$/;

/** The id of the version whose files a path gives a link to; null for another path. */
export function matchIssue(path: string): string | null {
  return ISSUE.exec(path)?.[1] ?? null;
}

/**
 * Makes a link below which a browser gets the files of a version without any other credential.
 * @param origin where such links are, if not on this host
 * @throws VitrineError NOT_FOUND
 */
export async function issueLink(
  id: string,
  { headers }: Pick<HttpRequest, "headers">,
  identity: Identity,
  { pools, tokens, origin = "" }: { pools: Context["pools"]; tokens: Tokens; origin?: string | undefined },
): Promise<HttpResponse> {
  const find = () => hasVersion(reachable(pools.reads(), identity.keys), id);
  if (!(await withSlot("reads", identity.caller, find))) {
    throw new VitrineError("NOT_FOUND", `Artifact ${id} was not found.`, { id });
  }
  const { token, expires } = await tokens.create({
    artifact: id,
    credential: credentialNameOf(identity),
    page: headers.get("host") ?? "",
  });
  return json(200, { url: `${origin}/sandbox/${token}/`, expires: new Date(expires * 1000).toISOString() });
}
