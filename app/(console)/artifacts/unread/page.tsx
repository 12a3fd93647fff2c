import { api, Hydrated, queryClient, resultOf } from "#app/_data/server";
import { Title } from "#app/brand";
import { PageError } from "../../_shell/page-error";
import { unreadQuery } from "../_unread/queries";
import { UnreadList } from "./unread-list";

export default async function UnreadPage() {
  const found = await resultOf(queryClient().fetchQuery(unreadQuery(api)));
  if ("error" in found) {
    return <PageError error={found.error} back={{ href: "/artifacts?view=none", name: "All artifacts" }} />;
  }
  return (
    <Hydrated>
      <Title>Changed since you last looked</Title>
      <UnreadList />
    </Hydrated>
  );
}
