import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { api, Hydrated, queryClient, resultOf, serverInfo, setPageStatus } from "#app/_data/server";
import { Title } from "#app/brand";
import type { ArtifactCollection } from "#contract/collection";
import { MAX_LIMIT } from "#contract/limits";
import { keyHref, labelHref, type TabName } from "../../../_list/artifact-url";
import { prefetchProducers } from "../../../_list/prefetch-producers";
import { asOfText } from "../../../_past/as-of";
import { PageError } from "../../../_shell/page-error";
import { previousVersionQuery } from "../../../_viewers/number/previous-version";
import { labelsQuery } from "../../_labels/labels";
import { FACTS_COOKIE } from "../../_page/facts-cookie";
import { prefetchChanges } from "../../_page/prefetch-changes";
import { prefetchText } from "../../_page/prefetch-text";
import { PastPage } from "../../_past/past-version";
import { pinsQuery } from "../../_pins/pins";
import { unreadKeysQuery } from "../../_unread/queries";
import { DeletedKey, KeyPage, PastChart } from "./key-page";
import {
  keyQuery,
  lastDeletedQuery,
  newerQuery,
  numberedQuery,
  renamedQuery,
  sameDataQuery,
  seriesQuery,
  versionsQuery,
} from "./queries";
import {
  availableMeasures,
  type KeyView,
  openVersion,
  pageStart,
  pageTitle,
  parseView,
  selectedMeasure,
  viewHref,
} from "./view";

interface Props {
  params: Promise<{ key: string[] }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

async function keyOf({ params }: Props): Promise<string> {
  return (await params).key.map(decodeURIComponent).join("/");
}

export default async function ArtifactKeyPage(props: Props) {
  const key = await keyOf(props);
  const query = await props.searchParams;
  const view = parseView(query);
  const asOf = asOfText(query.asOf);
  if (asOf !== null) {
    const { version, label } = view;
    const nowHref = label === null ? viewHref(key, { version }) : labelHref(key, label);
    if (view.chart !== "none") {
      await queryClient().prefetchQuery(seriesQuery(api, key, view.chart ?? "number", asOf));
    }
    return (
      <PastPage
        which={{ key, version, label }}
        title={pageTitle(key, version, label)}
        asOf={asOf}
        nowHref={nowHref}
        chartOf={(artifact, newest) => <PastChart artifactKey={key} artifact={artifact} newest={newest} asOf={asOf} />}
      />
    );
  }
  const cache = queryClient();
  const [found, labels] = await Promise.all([
    resultOf(cache.fetchQuery(keyQuery(api, key))),
    resultOf(cache.fetchQuery(labelsQuery(api, key))),
  ]);
  if ("error" in found) {
    if (found.error.code === "BAD_REQUEST") notFound();
    return <PageError error={found.error} back={{ href: "/artifacts?view=none", name: "All artifacts" }} />;
  }
  const [collection] = found.data;
  if (!collection) {
    const deleted = await resultOf(cache.fetchQuery(lastDeletedQuery(api, key)));
    const last = "data" in deleted && deleted.data[0];
    if (!last) return openRenamed(key, query);
    await setPageStatus(404);
    return (
      <>
        <Title>{key}</Title>
        <DeletedKey artifactKey={key} last={last} />
      </>
    );
  }
  const open = openVersion(view, collection.version, "data" in labels ? labels.data : []);
  const [missing, { trashDays }, factsHidden] = await Promise.all([
    prefetchVersion(key, open, view.tab),
    serverInfo(),
    cookies().then((all) => all.get(FACTS_COOKIE)?.value === "hidden"),
    prefetchHistory(key, view, open, collection),
    queryClient().prefetchQuery(pinsQuery(api)),
    queryClient().prefetchQuery(unreadKeysQuery(api, [key])),
  ]);
  if (missing) await setPageStatus(404);
  return (
    <Hydrated>
      <KeyPage key={key} artifactKey={key} trashDays={trashDays} factsHidden={factsHidden} missing={missing} />
    </Hydrated>
  );
}

/** Opens the key that this one was renamed to, with the same view. */
async function openRenamed(key: string, query: Awaited<Props["searchParams"]>): Promise<never> {
  const renamed = await resultOf(queryClient().fetchQuery(renamedQuery(api, key)));
  if (!("data" in renamed) || renamed.data === null) notFound();
  const search = new URLSearchParams();
  for (const [name, values = []] of Object.entries(query))
    for (const value of [values].flat()) search.append(name, value);
  redirect(`${keyHref(renamed.data)}${search.size > 0 ? `?${search}` : ""}`);
}

/** Prefetches a version with its producers and changes. Returns why it is not found, or null. */
async function prefetchVersion(key: string, version: number, tab: TabName) {
  if (version === 0) return { version, error: { code: "NOT_FOUND", message: "This is not a version number." } };
  const cache = queryClient();
  const read = await resultOf(cache.fetchQuery(numberedQuery(api, key, version)));
  if ("error" in read) return { version, error: read.error };
  const { number, type } = read.data;
  await Promise.all([
    prefetchText(read.data),
    prefetchChanges(read.data, tab),
    prefetchProducers([read.data], { tasks: true }),
    number !== null && type !== "progress" && version > 1 && cache.prefetchQuery(previousVersionQuery(api, read.data)),
  ]);
  return null;
}

/** Prefetches the page of the history, the one around the open version where that is another, and the chart. */
async function prefetchHistory(key: string, view: KeyView, open: number, newest: ArtifactCollection): Promise<void> {
  const cache = queryClient();
  const around = pageStart(open, newest.version);
  const from = view.from ?? around;
  const measure = newest.versions > 1 ? selectedMeasure(view, availableMeasures(newest)) : null;
  const pages = [...new Set([from, around])];
  await Promise.all([
    ...pages.map(async (start) => {
      await cache.prefetchQuery(versionsQuery(api, key, start));
      const rows = cache.getQueryData(versionsQuery(api, key, start).queryKey) ?? [];
      await Promise.all([
        prefetchProducers(rows.slice(0, MAX_LIMIT)),
        start !== null && cache.prefetchQuery(newerQuery(api, key, rows[0]?.version ?? 0)),
      ]);
    }),
    cache.prefetchQuery(sameDataQuery(api, key, from)),
    measure && cache.prefetchQuery(seriesQuery(api, key, measure, undefined)),
  ]);
}
