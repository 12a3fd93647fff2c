import { queryClient, storedText } from "#app/_data/server";
import type { ArtifactDetail } from "#contract/artifact";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { needsText, textQuery } from "../_artifact/artifact-queries";

/** Embeds the stored text of a version in the page if it differs from the embedded data. */
export async function prefetchText(artifact: ArtifactDetail): Promise<void> {
  if (artifact.size > MAX_EMBEDDED_DATA || !needsText(artifact)) return;
  const text = await storedText(artifact.id);
  if (text === JSON.stringify(artifact.data)) return;
  queryClient().setQueryData(textQuery(artifact.id, artifact.updated).queryKey, text);
}
