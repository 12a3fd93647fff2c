import { cookies } from "next/headers";
import Link from "next/link";
import type { ReactNode } from "react";
import { api, Hydrated, queryClient, resultOf, setPageStatus, storedText } from "#app/_data/server";
import { buttonClass } from "#app/_ui/button";
import { Title } from "#app/brand";
import type { Artifact, ArtifactDetail } from "#contract/artifact";
import type { VersionLabel } from "#contract/label";
import { MAX_EMBEDDED_DATA, MAX_LIMIT } from "#contract/limits";
import { conditionsText } from "#contract/list-filter/condition";
import { prefetchProducers } from "../../_list/prefetch-producers";
import { PastBanner } from "../../_past/past-banner";
import { PageError, PageMessage } from "../../_shell/page-error";
import { hrefOf } from "../_listing/view";
import { FACTS_COOKIE } from "../_page/facts-cookie";
import { PastArtifact } from "./late-past-artifact";

/** Which version to show: of a key by its number, by a label, or the latest; or an artifact without a key. */
type PastWhich = { id: string } | { key: string; version: number | null; label: string | null };

/**
 * The page of a version as it was at a timestamp.
 * @param nowHref the same page as it is now
 */
export async function PastPage({
  which,
  title,
  asOf,
  nowHref,
  chartOf,
}: {
  which: PastWhich;
  title: string;
  asOf: string;
  nowHref: string;
  /** The chart of a version's key, of which another was the latest then. */
  chartOf?: (artifact: Artifact, newest: Artifact) => ReactNode;
}) {
  const cache = queryClient();
  const [found, known] = await Promise.all([
    resultOf(readThen(which, asOf)),
    cache.fetchQuery(api.collection.knownSince.queryOptions()),
  ]);
  const banner = <PastBanner asOf={asOf} known={known} nowHref={nowHref} />;
  const back = { href: nowHref, name: "Back to now" };
  if ("error" in found) {
    if (found.error.code !== "NOT_FOUND" && found.error.code !== "BAD_REQUEST") {
      return <PageError error={found.error} back={back} />;
    }
    await setPageStatus(404);
    return (
      <>
        {banner}
        <PageMessage title="Not there at that time">
          <p>It did not exist then, or was deleted, or has been deleted permanently since.</p>
          <Link href={hrefOf({ asOf })} className={buttonClass("plain", "mt-5")}>
            All artifacts at that time
          </Link>
        </PageMessage>
      </>
    );
  }
  const artifact = found.data;
  const { id, key, version, size } = artifact;
  const [history, text, all] = await Promise.all([
    resultOf(readHistory(key, asOf)),
    size <= MAX_EMBEDDED_DATA ? storedText(id, asOf) : null,
    cookies(),
    prefetchProducers([artifact], { tasks: true }),
  ]);
  if ("error" in history) return <PageError error={history.error} back={back} />;
  const { versions, moreHref, labels } = history.data;
  const [newest] = versions;
  return (
    <Hydrated>
      <Title>{title}</Title>
      {banner}
      <PastArtifact
        asOf={asOf}
        artifact={artifact}
        labels={labels.filter((each) => each.version === version).map(({ label }) => label)}
        text={text}
        chart={newest && versions.length > 1 && chartOf?.(withoutData(artifact), newest)}
        versions={versions}
        moreHref={moreHref}
        listHref={hrefOf({ asOf })}
        factsHidden={all.get(FACTS_COOKIE)?.value === "hidden"}
      />
    </Hydrated>
  );
}

/** What a chart needs of a version, without what it has in the page already. */
function withoutData({ data: _, ...artifact }: ArtifactDetail): Artifact {
  return artifact;
}

function readThen(which: PastWhich, asOf: string): Promise<ArtifactDetail> {
  const cache = queryClient();
  if ("id" in which) return cache.fetchQuery(api.artifact.read.queryOptions({ id: which.id, asOf }));
  const { key, version, label } = which;
  return version !== null
    ? cache.fetchQuery(api.artifact.read.queryOptions({ key, version, asOf }))
    : cache.fetchQuery(api.collection.latest.queryOptions({ key, label: label ?? undefined, asOf }));
}

interface KeyHistory {
  /** The newest first. */
  versions: Artifact[];
  /** The list of all versions where `versions` are not all. */
  moreHref: string | null;
  labels: VersionLabel[];
}

async function readHistory(key: string | null, asOf: string): Promise<KeyHistory> {
  if (key === null) return { versions: [], moreHref: null, labels: [] };
  const cache = queryClient();
  const where = { artifacts: { key: { any: [key] } } };
  const [{ items, next }, labels] = await Promise.all([
    cache.fetchQuery(
      api.artifact.page.queryOptions({ where, sort: "VERSION_DESC", include: ["labels"], limit: MAX_LIMIT, asOf }),
    ),
    cache.fetchQuery(api.collection.labels.queryOptions({ key, asOf })),
  ]);
  const isKey = conditionsText([{ field: "key", path: "", operator: "is", values: [key] }]);
  return { versions: items, moreHref: next && hrefOf({ versions: "all", where: isKey, asOf }), labels };
}
