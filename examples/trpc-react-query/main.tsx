import { QueryClient, QueryClientProvider, useMutation, useQuery } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { createTRPCOptionsProxy, useSubscription } from "@trpc/tanstack-react-query";
import { createRoot } from "react-dom/client";
import type { AppRouter } from "vitrine-client";

// Types come from AppRouter alone. The server has no transformer, so the links have none either.
const url = `${new URLSearchParams(location.search).get("server") ?? "http://127.0.0.1:4400"}/api/trpc`;
const client = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: ({ type }) => type === "subscription",
      true: httpSubscriptionLink({ url }),
      // The server takes 20 calls in a request.
      false: httpBatchLink({ url, maxItems: 20 }),
    }),
  ],
});
const queryClient = new QueryClient();
const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient });

const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.collection.list.queryKey() });

function Latest() {
  // Also what others publish.
  useSubscription(trpc.changes.watch.subscriptionOptions({}, { onData: refresh }));
  const { data: rows, error } = useQuery(trpc.collection.list.queryOptions({ sort: "UPDATED_DESC", limit: 10 }));
  if (error) return <p role="alert">{error.message}</p>;
  return (
    <ul>
      {rows?.map(({ id, key, version }) => (
        <li key={id}>
          {key}, version {version}
        </li>
      ))}
    </ul>
  );
}

function Publish() {
  const create = useMutation(trpc.artifact.create.mutationOptions());
  return (
    <form action={(form) => create.mutate({ key: String(form.get("key")), type: "markdown", data: "# Published" })}>
      <input name="key" aria-label="Key" required />
      <button type="submit">Publish</button>
      {/* `data.code` is one of the codes of docs/http-api.md, and `data.field` names what is invalid. */}
      {create.error && <p role="alert">{`${create.error.data?.code}: ${create.error.message}`}</p>}
    </form>
  );
}

createRoot(document.body).render(
  <QueryClientProvider client={queryClient}>
    <Publish />
    <Latest />
  </QueryClientProvider>,
);
