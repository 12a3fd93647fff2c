import { notFound, redirect } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { api, queryClient, resultOf } from "#app/_data/server";
import { asOfText } from "../../../_past/as-of";
import { PageError } from "../../../_shell/page-error";
import { savedHref } from "../../_listing/views/saved-view";

/** The permanent address of a saved view, which opens the list with it, as of the same time. */
export default async function ViewPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}) {
  const id = decodeURIComponent((await params).id);
  const result = await resultOf(queryClient().fetchQuery(api.view.read.queryOptions({ id })));
  if ("data" in result) redirect(savedHref(result.data, asOfText((await searchParams).asOf) ?? ""));
  const { error } = result;
  if (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST") notFound();
  return <PageError error={error} back={{ href: "/artifacts?view=none", name: "All artifacts" }} />;
}
