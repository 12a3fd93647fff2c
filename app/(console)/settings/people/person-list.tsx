"use client";

import { useMutation, useSuspenseQueries, useSuspenseQuery } from "@tanstack/react-query";
import { LogOut, Trash2 } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { useApi } from "#app/_data/client";
import { toastError, useRefresh } from "#app/_data/mutation";
import { Age } from "#app/_ui/age";
import { Button } from "#app/_ui/button";
import { Confirm } from "#app/_ui/confirm";
import { toast } from "#app/_ui/toast";
import type { Person } from "#contract/person";
import { pluralize } from "#formats/number";
import { Section } from "../section";
import { CELL, NoRows, SettingsTable } from "../settings-table";
import { BATCH, peopleCountQuery, peopleQuery } from "./queries";

const COLUMNS: ComponentProps<typeof SettingsTable>["columns"] = [
  { name: "Role", width: "w-20", hidden: "max-sm:hidden" },
  { name: "First sign-in", width: "w-32", hidden: "max-md:hidden" },
  { name: "Last sign-in", width: "w-32", hidden: "max-md:hidden" },
];

/** @param provider what the OpenID Connect provider is called; null where there is none */
export function PersonList({ provider }: { provider: string | null }) {
  const api = useApi();
  const [batches, setBatches] = useState(1);
  const queries = Array.from({ length: batches }, (_, batch) => peopleQuery(api, batch));
  const people = useSuspenseQueries({ queries }).flatMap(({ data }) => data);
  const { data: count } = useSuspenseQuery(peopleCountQuery(api));
  const [removing, setRemoving] = useState<Person | null>(null);
  const [leaving, setLeaving] = useState<Person | null>(null);
  const remove = useRemove(() => setRemoving(null));
  const signOut = useSignOut(() => setLeaving(null));
  return (
    <Section
      title="People"
      about={
        provider === null
          ? "Whoever signs in by OpenID Connect is listed here. Set VITRINE_OIDC_ISSUER to turn it on."
          : `Whoever signs in with ${provider} is listed here. Their groups there say what they may do.`
      }
    >
      {people.length > 0 ? (
        <SettingsTable caption="People" columns={COLUMNS} actions={2}>
          {people.map((person) => (
            <PersonRow
              key={person.id}
              person={person}
              onSignOut={() => setLeaving(person)}
              onRemove={() => setRemoving(person)}
            />
          ))}
        </SettingsTable>
      ) : (
        <NoRows title="Nobody has signed in yet">
          {provider === null
            ? "There is no OpenID Connect provider on this server."
            : `People are listed once they sign in with ${provider}.`}
        </NoRows>
      )}
      {count > batches * BATCH && (
        <Button className="mt-3" onClick={() => setBatches(batches + 1)}>
          Show more of {count} people
        </Button>
      )}
      <Confirm
        open={removing !== null}
        title={`Delete ${removing?.name}?`}
        confirm="Delete"
        busy={remove.isPending}
        withReason
        onConfirm={(why) => removing && remove.mutate({ id: removing.id, ...why })}
        onClose={() => setRemoving(null)}
      >
        Their sessions end, and what they wrote stays, by “Deleted person”. To keep them out, take away their groups
        {provider === null ? " at the provider" : ` in ${provider}`} too. This can't be undone.
      </Confirm>
      <Confirm
        open={leaving !== null}
        title={`Sign out ${leaving?.name}?`}
        confirm="Sign out"
        busy={signOut.isPending}
        withReason
        onConfirm={(why) => leaving && signOut.mutate({ id: leaving.id, ...why })}
        onClose={() => setLeaving(null)}
      >
        All their sessions end, on every device. They can sign in again
        {provider === null ? "" : ` with ${provider}`}.
      </Confirm>
    </Section>
  );
}

function PersonRow({
  person: { name, email, role, created, signedIn },
  onSignOut,
  onRemove,
}: {
  person: Person;
  onSignOut: () => void;
  onRemove: () => void;
}) {
  return (
    <tr className="*:border-b last:*:border-b-0">
      <th scope="row" className="px-3 py-2 pl-4 text-left align-top font-normal">
        <span className="wrap-anywhere block font-medium">{name}</span>
        {email !== null && email !== name && <span className="wrap-anywhere block text-faint text-xs">{email}</span>}
        <span className="mt-0.5 block text-faint text-xs md:hidden">
          <span className="sm:hidden">{role} · </span>
          signed in <Age of={signedIn} suffix=" ago" />
        </span>
      </th>
      <td className={`${CELL} max-sm:hidden`}>{role}</td>
      <td className={`${CELL} max-md:hidden`}>
        <Age of={created} suffix=" ago" />
      </td>
      <td className={`${CELL} max-md:hidden`}>
        <Age of={signedIn} suffix=" ago" />
      </td>
      <td className="py-1 pr-2 align-top">
        <span className="flex justify-end">
          <Button
            look="quiet"
            className="size-8 px-0!"
            aria-label={`Sign out ${name}`}
            title="Sign out"
            onClick={onSignOut}
          >
            <LogOut aria-hidden className="size-3.5" />
          </Button>
          <Button look="quiet" className="size-8 px-0!" aria-label={`Delete ${name}`} title="Delete" onClick={onRemove}>
            <Trash2 aria-hidden className="size-3.5" />
          </Button>
        </span>
      </td>
    </tr>
  );
}

function useRemove(onSettled: () => void) {
  const refresh = useRefresh();
  return useMutation(
    useApi().person.remove.mutationOptions({
      onSuccess: () => {
        toast("Deleted the person");
        refresh();
      },
      onError: toastError,
      onSettled,
    }),
  );
}

function useSignOut(onSettled: () => void) {
  return useMutation(
    useApi().person.signOut.mutationOptions({
      onSuccess: ({ sessions }) =>
        toast(sessions === 0 ? "They had no sessions" : `Ended ${pluralize(sessions, "session")}`),
      onError: toastError,
      onSettled,
    }),
  );
}
