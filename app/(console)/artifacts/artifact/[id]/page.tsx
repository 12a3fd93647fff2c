import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { parseAsStringLiteral } from "nuqs/server";
import { api, Hydrated, queryClient, resultOf, setPageStatus } from "#app/_data/server";
import { Title } from "#app/brand";
import { artifactHref, TABS } from "../../../_list/artifact-url";
import { prefetchProducers } from "../../../_list/prefetch-producers";
import { asOfText } from "../../../_past/as-of";
import { PageError } from "../../../_shell/page-error";
import { artifactQuery } from "../../_artifact/artifact-queries";
import { FACTS_COOKIE } from "../../_page/facts-cookie";
import { prefetchChanges } from "../../_page/prefetch-changes";
import { prefetchText } from "../../_page/prefetch-text";
import { PastPage } from "../../_past/past-version";
import { DeletedArtifact } from "./deleted";
import { KeylessPage } from "./keyless-page";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The page of an artifact without a key; the id of a version of a key redirects to its permanent address. */
export default async function ArtifactPage(props: Props) {
  const id = decodeURIComponent((await props.params).id);
  const query = await props.searchParams;
  const asOf = asOfText(query.asOf);
  const title = `Artifact ${id.slice(0, 8)}`;
  if (asOf !== null) return <PastPage which={{ id }} title={title} asOf={asOf} nowHref={`/artifacts/artifact/${id}`} />;
  const result = await resultOf(queryClient().fetchQuery(artifactQuery(api, id)));
  if ("error" in result) {
    const { error } = result;
    if (error.removedAt) {
      const { key = null, version = null } = error;
      if (key !== null) redirect(withQuery(artifactHref({ id, key, version }), query));
      await setPageStatus(404);
      return (
        <>
          <Title>{title}</Title>
          <DeletedArtifact id={id} removedAt={error.removedAt} />
        </>
      );
    }
    if (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST") notFound();
    return <PageError error={error} back={{ href: "/artifacts?view=none", name: "All artifacts" }} />;
  }
  const artifact = result.data;
  if (artifact.key !== null) redirect(withQuery(artifactHref(artifact), query));
  const tab = parseAsStringLiteral(TABS).parse(String(query.tab)) ?? "content";
  await Promise.all([
    prefetchProducers([artifact], { tasks: true }),
    prefetchText(artifact),
    prefetchChanges(artifact, tab),
  ]);
  const factsHidden = (await cookies()).get(FACTS_COOKIE)?.value === "hidden";
  return (
    <Hydrated>
      <Title>{title}</Title>
      <KeylessPage key={artifact.id} id={artifact.id} size={artifact.size} factsHidden={factsHidden} />
    </Hydrated>
  );
}

/** An address with the parameters of another: the tab, and the search, order and filters of a table. */
function withQuery(href: string, query: Record<string, string | string[] | undefined>): string {
  const url = new URL(href, "http://localhost");
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === "string" && name !== "_rsc" && !url.searchParams.has(name)) url.searchParams.set(name, value);
  }
  return `${url.pathname}${url.search}`;
}
