"use client";

import { Ban, Ellipsis, Pencil } from "lucide-react";
import type { ReactNode } from "react";
import { Age, TimedText, useTimedText } from "#app/_ui/age";
import { Menu } from "#app/_ui/menu";
import type { ApiKey } from "#contract/api-key";
import { CELL } from "../settings-table";
import { expiryText } from "./expiry";

/** A key that is not revoked; one of the environment cannot be changed here. */
export function KeyRow({
  apiKey: { id, name, role, keys, hint, created, createdBy, lastUsed, expires },
  onEdit,
  onRevoke,
}: {
  apiKey: ApiKey;
  onEdit: () => void;
  onRevoke: () => void;
}) {
  const used = lastUsed === null ? "Never" : <Age of={lastUsed} suffix=" ago" />;
  const unknown = <span className="text-faint">–</span>;
  return (
    <tr className="*:border-b last:*:border-b-0">
      <th scope="row" className="px-3 py-2 pl-4 text-left align-top font-normal">
        <span className="block wrap-anywhere font-medium">{name}</span>
        <span className="block text-faint text-xs">
          {id === null ? "VITRINE_API_KEYS" : <span className="font-mono">{hint}…</span>}
          {keys !== null && ` · limited to ${keys}`}
        </span>
        <span className="mt-0.5 block text-faint text-xs md:hidden">
          <span className="sm:hidden">{role} · </span>
          {id !== null && (
            <>
              {lastUsed === null ? "never used" : <>used {used}</>} ·{" "}
              {expires === null ? "no expiry" : <Expiry of={expires} />}
            </>
          )}
          {id === null && <span className="sm:hidden">from the environment</span>}
        </span>
      </th>
      <td className={`${CELL} max-sm:hidden`}>{role}</td>
      <td className={`${CELL} max-lg:hidden`}>
        {created === null ? (
          unknown
        ) : (
          <>
            <Age of={created} suffix=" ago" />
            {createdBy !== null && <span className="block truncate text-faint text-xs">by {createdBy}</span>}
          </>
        )}
      </td>
      <td className={`${CELL} max-md:hidden`}>{id === null ? unknown : used}</td>
      <td className={`${CELL} max-md:hidden`}>
        {id === null ? unknown : expires === null ? "Never" : <Expiry of={expires} />}
      </td>
      <td className="py-1 pr-2 align-top">
        {id !== null && (
          <span className="flex justify-end">
            <Menu
              compact
              label={`More actions for ${name}`}
              icon={<Ellipsis aria-hidden className="size-4" />}
              items={[
                { label: "Edit", icon: <Pencil aria-hidden className="size-3.5" />, run: onEdit },
                { label: "Revoke", icon: <Ban aria-hidden className="size-3.5" />, danger: true, run: onRevoke },
              ]}
            />
          </span>
        )}
      </td>
    </tr>
  );
}

function Expiry({ of: expires }: { of: string }): ReactNode {
  const isExpired = useTimedText((now) => expiryText(expires, now)) === "Expired";
  return (
    <TimedText
      of={expires}
      textAt={(now) => expiryText(expires, now)}
      className={isExpired ? "font-medium text-danger" : undefined}
    />
  );
}

export function RevokedRow({ apiKey: { name, role, hint, revoked, revokedBy } }: { apiKey: ApiKey }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 px-4 py-2 text-sm">
      <span className="min-w-0 wrap-anywhere font-medium text-soft">{name}</span>
      <span className="text-faint text-xs">
        {role} · <span className="font-mono">{hint}…</span>
      </span>
      <span className="ml-auto text-faint text-xs max-sm:ml-0">
        Revoked {revoked !== null && <Age of={revoked} suffix=" ago" />}
        {revokedBy !== null && ` by ${revokedBy}`}
      </span>
    </li>
  );
}
