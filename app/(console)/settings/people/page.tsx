import type { Metadata } from "next";
import { api, Hydrated, queryClient, signInProvider } from "#app/_data/server";
import { PersonList } from "./person-list";
import { peopleCountQuery, peopleQuery } from "./queries";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage() {
  await Promise.all([
    queryClient().prefetchQuery(peopleQuery(api, 0)),
    queryClient().prefetchQuery(peopleCountQuery(api)),
  ]);
  return (
    <Hydrated>
      <PersonList provider={signInProvider()} />
    </Hydrated>
  );
}
