import { api, queryClient } from "#app/_data/server";
import { PastBanner } from "../_past/past-banner";

/**
 * Says that a page about runs shows the past; nothing for now.
 * @param nowHref the same page as it is now
 */
export async function PastRuns({ asOf, nowHref }: { asOf: string; nowHref: string }) {
  if (asOf === "") return null;
  const known = await queryClient().fetchQuery(api.collection.knownSince.queryOptions());
  return (
    <PastBanner asOf={asOf} known={known} nowHref={nowHref}>
      Runs that had started by then are shown as they are now, and artifacts as they were.
    </PastBanner>
  );
}
