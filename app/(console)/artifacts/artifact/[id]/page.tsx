import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { answerOf, api, Hydrated, queryClient } from "#app/_data/server";
import { prefetchProducers } from "../../../_list/prefetch";
import { Failed } from "../../../_shell/page-error";
import { artifactQuery } from "../../_artifact/artifact-queries";
import { ArtifactView } from "./artifact-view";
import { Gone } from "./deleted";
import { prefetchText } from "./prefetch-text";
import { loadTab } from "./view";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

async function answer({ params }: Props) {
  const { id } = await params;
  return answerOf(queryClient().fetchQuery(artifactQuery(api, decodeURIComponent(id))));
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const read = await answer(props);
  if ("failure" in read) return { title: "Artifact" };
  const { key, version, id } = read.data;
  return { title: key === null ? `Artifact ${id.slice(0, 8)}` : `${key} v${version}` };
}

export default async function ArtifactPage(props: Props) {
  const read = await answer(props);
  if ("failure" in read) {
    const { failure } = read;
    const { id } = await props.params;
    if (failure.removedAt) return <Gone id={id} failure={failure} removedAt={failure.removedAt} />;
    if (failure.code === "NOT_FOUND" || failure.code === "BAD_REQUEST") notFound();
    return <Failed failure={failure} back={{ href: "/artifacts", name: "All artifacts" }} />;
  }
  const { tab } = await loadTab(props.searchParams);
  await Promise.all([prefetchProducers([read.data], { tasks: true }), prefetchText(read.data)]);
  return (
    <Hydrated>
      <ArtifactView key={read.data.id} id={read.data.id} size={read.data.size} tab={tab} />
    </Hydrated>
  );
}
