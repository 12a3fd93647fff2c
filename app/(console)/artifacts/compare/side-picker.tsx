"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useId, useState } from "react";
import { useApi } from "#app/_data/client";
import { Age } from "#app/_ui/age";
import { Choice, TextField } from "#app/_ui/field";
import type { Artifact } from "#contract/artifact";
import { holds } from "#reading/holds";
import { TypeLabel } from "../../artifact-type";
import { historyQuery } from "../artifact-queries";
import { keyQuery, keysQuery } from "./queries";

/** One side: which key and which version of it, to be changed at will; `sign` is its sign in what follows. */
export function SidePicker({
  name,
  sign,
  artifact,
  onPick,
}: {
  name: string;
  sign: string;
  artifact: Artifact;
  onPick: (id: string) => void;
}) {
  return (
    <section aria-label={name} className="min-w-0 rounded-lg border bg-surface px-3 py-2.5">
      <div className="flex items-center gap-2">
        <span
          aria-hidden
          className={`w-4 shrink-0 text-center font-medium font-mono ${sign === "+" ? "text-good" : "text-danger"}`}
        >
          {sign}
        </span>
        <KeyField key={artifact.id} label={`${name}: key`} artifact={artifact} onPick={onPick} />
        {artifact.key !== null && <VersionChoice label={`${name}: version`} artifact={artifact} onPick={onPick} />}
      </div>
      <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-0.5 pl-6 text-faint text-sm tabular-nums">
        <TypeLabel type={artifact.type} />
        <span>{holds(artifact)}</span>
        <Age of={artifact.created} suffix=" ago" />
        <Link href={`/artifacts/artifact/${artifact.id}`} prefetch={false} className="text-soft hover:text-ink">
          Open
        </Link>
      </p>
    </section>
  );
}

/** Any other key can be typed; the latest version of it is then compared. */
function KeyField({ label, artifact, onPick }: { label: string; artifact: Artifact; onPick: (id: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const list = useId();
  const api = useApi();
  const client = useQueryClient();
  const { data: keys = [] } = useQuery({ ...keysQuery(api, typed ?? ""), enabled: typed !== null });
  const pick = (text: string, among: typeof keys) => {
    const found = among.find(({ key }) => key === text);
    if (found && found.key !== artifact.key) onPick(found.id);
  };
  // Who types faster than suggestions come is waited for; a text that is no key gives none.
  const enter = async (text: string) => pick(text, await client.fetchQuery(keyQuery(api, text)).catch(() => []));
  return (
    <>
      <TextField
        aria-label={label}
        list={list}
        value={typed ?? artifact.key ?? ""}
        placeholder={artifact.key ?? `No key (${artifact.id.slice(0, 8)})`}
        autoComplete="off"
        spellCheck={false}
        maxLength={255}
        onFocus={() => setTyped("")}
        onBlur={() => setTyped(null)}
        onChange={(event) => {
          setTyped(event.target.value);
          pick(event.target.value, keys);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") void enter(event.currentTarget.value);
        }}
        className="min-w-0 flex-1 truncate font-medium"
      />
      <datalist id={list}>
        {keys.map(({ key }) => (
          <option key={key} value={key} />
        ))}
      </datalist>
    </>
  );
}

function VersionChoice({
  label,
  artifact,
  onPick,
}: {
  label: string;
  artifact: Artifact;
  onPick: (id: string) => void;
}) {
  const { data } = useQuery(historyQuery(useApi(), artifact.key ?? "", ""));
  const versions = data?.items ?? [];
  const rows = versions.some(({ id }) => id === artifact.id) ? versions : [...versions, artifact];
  return (
    <Choice aria-label={label} value={artifact.id} onChange={(event) => onPick(event.target.value)} className="w-24">
      {rows.map(({ id, version }) => (
        <option key={id} value={id}>
          v{version}
        </option>
      ))}
    </Choice>
  );
}
