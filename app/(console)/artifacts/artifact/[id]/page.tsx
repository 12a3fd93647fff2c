import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { api, Hydrated, queryClient, resultOf, storedText } from "#app/_data/server";
import type { ArtifactDetail } from "#contract/artifact";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { prefetchProducers } from "../../../_list/prefetch-producers";
import { PageError } from "../../../_shell/page-error";
import { artifactQuery, needsText, textQuery } from "../../_artifact/artifact-queries";
import { loadTab } from "../../_artifact/artifact-url";
import { ArtifactView } from "./artifact-view";
import { DeletedArtifact } from "./deleted";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const result = await readArtifact(props);
  if ("error" in result) return { title: "Artifact" };
  const { key, version, id } = result.data;
  return { title: key === null ? `Artifact ${id.slice(0, 8)}` : `${key} v${version}` };
}

export default async function ArtifactPage(props: Props) {
  const result = await readArtifact(props);
  if ("error" in result) {
    const { error } = result;
    const { id } = await props.params;
    if (error.removedAt) return <DeletedArtifact id={id} error={error} removedAt={error.removedAt} />;
    if (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST") notFound();
    return <PageError error={error} back={{ href: "/artifacts", name: "All artifacts" }} />;
  }
  const artifact = result.data;
  const { tab } = await loadTab(props.searchParams);
  await Promise.all([prefetchProducers([artifact], { tasks: true }), prefetchText(artifact)]);
  return (
    <Hydrated>
      <ArtifactView key={artifact.id} id={artifact.id} size={artifact.size} tab={tab} />
    </Hydrated>
  );
}

async function readArtifact({ params }: Props) {
  const { id } = await params;
  return resultOf(queryClient().fetchQuery(artifactQuery(api, decodeURIComponent(id))));
}

/** Embeds the stored text in the page if it differs from the embedded data. */
async function prefetchText(artifact: ArtifactDetail): Promise<void> {
  if (artifact.size > MAX_EMBEDDED_DATA || !needsText(artifact)) return;
  const text = await storedText(artifact.id);
  if (text === JSON.stringify(artifact.data)) return;
  queryClient().setQueryData(textQuery(artifact.id, artifact.updated).queryKey, text);
}
