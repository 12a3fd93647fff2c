import { api, Hydrated, queryClient, serverInfo } from "#app/_data/server";
import { Title } from "#app/brand";
import { KeyList } from "./key-list";
import { keysQuery } from "./queries";

export default async function KeysPage() {
  await queryClient().prefetchQuery(keysQuery(api));
  const { needsApiKey } = await serverInfo();
  return (
    <Hydrated>
      <Title>API keys</Title>
      <KeyList required={needsApiKey} />
    </Hydrated>
  );
}
