import { api, Hydrated, queryClient } from "#app/_data/server";
import { Title } from "#app/brand";
import { ProtectedLabels } from "./protected-labels";
import { protectedQuery } from "./queries";

export default async function LabelsPage() {
  await queryClient().prefetchQuery(protectedQuery(api));
  return (
    <Hydrated>
      <Title>Protected labels</Title>
      <ProtectedLabels />
    </Hydrated>
  );
}
