import type { Metadata } from "next";
import Link from "next/link";
import type { SearchParams } from "nuqs/server";
import { answerOf, api, Hydrated, queryClient } from "#app/_data/server";
import { buttonClass } from "#app/_ui/button";
import type { Artifact } from "#contract/artifact";
import { Blank, Failed } from "../../_shell/page-error";
import { Compare } from "./compare";
import { previousQuery, sidesQuery } from "./queries";
import { loadCompare } from "./view";

export const metadata: Metadata = { title: "Compare" };

export default async function ComparePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { from, to } = await loadCompare(searchParams);
  const cache = queryClient();
  const ids = [from, to].filter(Boolean);
  if (ids.length === 0) return <Unchosen />;
  const found = await answerOf(cache.fetchQuery(sidesQuery(api, ids)));
  if ("failure" in found) {
    if (found.failure.code === "BAD_REQUEST") return <Missing id={null} />;
    return <Failed failure={found.failure} back={{ href: "/artifacts", name: "All artifacts" }} />;
  }
  const newer = found.data.find(({ id }) => id === (to || from).toLowerCase());
  if (!newer) return <Missing id={to || from} />;
  const older = from && to ? found.data.find(({ id }) => id === from.toLowerCase()) : await previousOf(newer);
  if (from && to && !older) return <Missing id={from} />;
  if (!older) return <First artifact={newer} />;
  await cache.prefetchQuery(sidesQuery(api, [older.id, newer.id]));
  return (
    <Hydrated>
      <Compare from={older.id} to={newer.id} />
    </Hydrated>
  );
}

async function previousOf(artifact: Artifact): Promise<Artifact | undefined> {
  if (artifact.version === null) return undefined;
  return (await queryClient().fetchQuery(previousQuery(api, artifact)))[0];
}

function Unchosen() {
  return (
    <Blank title="Nothing to compare yet">
      <p>Open any version and press d: it is compared with the one before it, and you choose from there.</p>
      <Link href="/artifacts" className={buttonClass("plain", "mt-5")}>
        All artifacts
      </Link>
    </Blank>
  );
}

function Missing({ id }: { id: string | null }) {
  return (
    <Blank title="One of the two does not live here">
      <p>{id ? `No version has the id ${id}. It may lie in the trash.` : "An id in this address is not one."}</p>
      <Link href={id ? `/artifacts/artifact/${id}` : "/artifacts"} className={buttonClass("plain", "mt-5")}>
        {id ? "See what became of it" : "All artifacts"}
      </Link>
    </Blank>
  );
}

function First({ artifact: { id, key, version } }: { artifact: Artifact }) {
  return (
    <Blank title={version === null ? "An artifact without a key has no versions" : "Nothing lies before this version"}>
      <p>
        {version === null
          ? "There is no version before it to compare it with."
          : `v${version} is the oldest version of ${key} that lives.`}
      </p>
      <Link href={`/artifacts/artifact/${id}`} className={buttonClass("plain", "mt-5")}>
        Back to it
      </Link>
    </Blank>
  );
}
