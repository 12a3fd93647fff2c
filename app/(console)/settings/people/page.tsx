import { api, Hydrated, queryClient, signInProvider } from "#app/_data/server";
import { Title } from "#app/brand";
import { PersonList } from "./person-list";
import { peopleCountQuery, peopleQuery } from "./queries";

export default async function PeoplePage() {
  await Promise.all([
    queryClient().prefetchQuery(peopleQuery(api, 0)),
    queryClient().prefetchQuery(peopleCountQuery(api)),
  ]);
  return (
    <Hydrated>
      <Title>People</Title>
      <PersonList provider={signInProvider()} />
    </Hydrated>
  );
}
