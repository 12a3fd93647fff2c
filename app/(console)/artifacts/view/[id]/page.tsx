import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { api, queryClient, resultOf } from "#app/_data/server";
import { PageError } from "../../../_shell/page-error";
import { savedHref } from "../../_listing/views/saved-view";

export const metadata: Metadata = { title: "View" };

/** The permanent address of a saved view, which opens the list with it. */
export default async function ViewPage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  const result = await resultOf(queryClient().fetchQuery(api.view.read.queryOptions({ id })));
  if ("data" in result) redirect(savedHref(result.data));
  const { error } = result;
  if (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST") notFound();
  return <PageError error={error} back={{ href: "/artifacts?view=none", name: "All artifacts" }} />;
}
