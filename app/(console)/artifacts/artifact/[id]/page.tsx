import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { api, Hydrated, queryClient, resultOf } from "#app/_data/server";
import { prefetchProducers } from "../../../_list/prefetch-producers";
import { PageError } from "../../../_shell/page-error";
import { artifactQuery } from "../../_artifact/artifact-queries";
import { loadTab } from "../../_artifact/artifact-url";
import { ArtifactView } from "./artifact-view";
import { DeletedArtifact } from "./deleted";
import { prefetchText } from "./prefetch-text";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

async function answer({ params }: Props) {
  const { id } = await params;
  return resultOf(queryClient().fetchQuery(artifactQuery(api, decodeURIComponent(id))));
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const read = await answer(props);
  if ("error" in read) return { title: "Artifact" };
  const { key, version, id } = read.data;
  return { title: key === null ? `Artifact ${id.slice(0, 8)}` : `${key} v${version}` };
}

export default async function ArtifactPage(props: Props) {
  const read = await answer(props);
  if ("error" in read) {
    const { error } = read;
    const { id } = await props.params;
    if (error.removedAt) return <DeletedArtifact id={id} error={error} removedAt={error.removedAt} />;
    if (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST") notFound();
    return <PageError error={error} back={{ href: "/artifacts", name: "All artifacts" }} />;
  }
  const { tab } = await loadTab(props.searchParams);
  await Promise.all([prefetchProducers([read.data], { tasks: true }), prefetchText(read.data)]);
  return (
    <Hydrated>
      <ArtifactView key={read.data.id} id={read.data.id} size={read.data.size} tab={tab} />
    </Hydrated>
  );
}
