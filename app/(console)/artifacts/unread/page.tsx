import type { Metadata } from "next";
import { api, Hydrated, queryClient, resultOf } from "#app/_data/server";
import { PageError } from "../../_shell/page-error";
import { unreadQuery } from "../_unread/queries";
import { UnreadList } from "./unread-list";

export const metadata: Metadata = { title: "Changed since you last looked" };

export default async function UnreadPage() {
  const found = await resultOf(queryClient().fetchQuery(unreadQuery(api)));
  if ("error" in found) {
    return <PageError error={found.error} back={{ href: "/artifacts?view=none", name: "All artifacts" }} />;
  }
  return (
    <Hydrated>
      <UnreadList />
    </Hydrated>
  );
}
