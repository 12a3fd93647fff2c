import type { Metadata } from "next";
import { api, Hydrated, queryClient } from "#app/_data/server";
import { ProtectedLabels } from "./protected-labels";
import { protectedQuery } from "./queries";

export const metadata: Metadata = { title: "Protected labels" };

export default async function LabelsPage() {
  await queryClient().prefetchQuery(protectedQuery(api));
  return (
    <Hydrated>
      <ProtectedLabels />
    </Hydrated>
  );
}
