import type { SearchParams } from "nuqs/server";
import { api, Hydrated, queryClient, resultOf, serverInfo } from "#app/_data/server";
import { Title } from "#app/brand";
import { PageError } from "../_shell/page-error";
import { TrashHeader } from "./trash-header";
import { TrashList } from "./trash-list";
import { TrashSearch } from "./trash-search";
import { loadTrash, trashCountQuery, trashQuery } from "./view";

export default async function TrashPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const view = await loadTrash(searchParams);
  const cache = queryClient();
  const [page] = await Promise.all([
    resultOf(cache.fetchQuery(trashQuery(api, view))),
    cache.prefetchQuery(trashCountQuery(api)),
  ]);
  if ("error" in page) return <PageError error={page.error} back={{ href: "/trash", name: "All deleted versions" }} />;
  const { trashDays } = await serverInfo();
  return (
    <Hydrated>
      <Title>Trash</Title>
      <TrashHeader />
      <TrashSearch />
      <TrashList view={view} trashDays={trashDays} />
    </Hydrated>
  );
}
