import Link from "next/link";
import type { SearchParams } from "nuqs/server";
import { api, Hydrated, queryClient, resultOf } from "#app/_data/server";
import { buttonClass } from "#app/_ui/button";
import { Title } from "#app/brand";
import type { Artifact } from "#contract/artifact";
import { PageError, PageMessage } from "../../_shell/page-error";
import { previousQuery, revisionQuery, sidesQuery } from "../_compare/queries";
import { loadCompare } from "../_compare/view";
import { Compare } from "./compare";

export default async function ComparePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { from, to, ...view } = await loadCompare(searchParams);
  const cache = queryClient();
  const ids = [from, to].filter(Boolean);
  if (ids.length === 0) return <NothingChosen />;
  const found = await resultOf(cache.fetchQuery(sidesQuery(api, ids)));
  if ("error" in found) {
    if (found.error.code === "BAD_REQUEST") return <VersionNotFound id={null} />;
    return <PageError error={found.error} back={{ href: "/artifacts?view=none", name: "All artifacts" }} />;
  }
  const newer = found.data.find(({ id }) => id === (to || from).toLowerCase());
  if (!newer) return <VersionNotFound id={to || from} />;
  const older = from && to ? found.data.find(({ id }) => id === from.toLowerCase()) : await previousOf(newer);
  if (from && to && !older) return <VersionNotFound id={from} />;
  if (!older) return <NoPreviousVersion artifact={newer} />;
  const prefetchRevision = async ({ id }: Artifact, revision: number | null) => {
    if (revision !== null && revision >= 1) await cache.prefetchQuery(revisionQuery(api, id, revision));
  };
  await Promise.all([
    cache.prefetchQuery(sidesQuery(api, [older.id, newer.id])),
    prefetchRevision(older, view["from-revision"]),
    prefetchRevision(newer, view["to-revision"]),
  ]);
  return (
    <Hydrated>
      <Title>Compare</Title>
      <Compare from={older.id} to={newer.id} />
    </Hydrated>
  );
}

async function previousOf(artifact: Artifact): Promise<Artifact | undefined> {
  if (artifact.version === null) return undefined;
  return (await queryClient().fetchQuery(previousQuery(api, artifact)))[0];
}

function NothingChosen() {
  return (
    <PageMessage title="Nothing to compare yet">
      <p>Open a version and press d to compare it with the previous one. There you can pick any other version.</p>
      <Link href="/artifacts?view=none" className={buttonClass("plain", "mt-5")}>
        All artifacts
      </Link>
    </PageMessage>
  );
}

function VersionNotFound({ id }: { id: string | null }) {
  return (
    <PageMessage title="One of these versions no longer exists">
      <p className="break-words">
        {id ? `No version has the ID ${id}. It may be in the trash.` : "The URL has an invalid ID."}
      </p>
      <Link href={id ? `/artifacts/artifact/${id}` : "/artifacts?view=none"} className={buttonClass("plain", "mt-5")}>
        {id ? "View details" : "All artifacts"}
      </Link>
    </PageMessage>
  );
}

function NoPreviousVersion({ artifact: { id, key, version } }: { artifact: Artifact }) {
  return (
    <PageMessage title="No previous version">
      <p>
        {version === null
          ? "An artifact without a key has only one version."
          : `v${version} is the oldest version of ${key}.`}
      </p>
      <Link href={`/artifacts/artifact/${id}`} className={buttonClass("plain", "mt-5")}>
        Back to the {version === null ? "artifact" : "version"}
      </Link>
    </PageMessage>
  );
}
