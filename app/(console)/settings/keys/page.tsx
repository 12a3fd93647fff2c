import type { Metadata } from "next";
import { api, Hydrated, queryClient, serverInfo } from "#app/_data/server";
import { KeyList } from "./key-list";
import { keysQuery } from "./queries";

export const metadata: Metadata = { title: "API keys" };

export default async function KeysPage() {
  await queryClient().prefetchQuery(keysQuery(api));
  const { needsApiKey } = await serverInfo();
  return (
    <Hydrated>
      <KeyList required={needsApiKey} />
    </Hydrated>
  );
}
