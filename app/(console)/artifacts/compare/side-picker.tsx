"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useId, useState } from "react";
import { useApi } from "#app/_data/client";
import { Age } from "#app/_ui/age";
import { TextField } from "#app/_ui/field";
import type { Artifact } from "#contract/artifact";
import { contentSize } from "#formats/number";
import { TypeLabel } from "../../_list/artifact-type";
import { keyQuery, keysQuery, newestQuery, versionQuery } from "./queries";

/** Selects one of the two versions. `sign` marks its side in the changes. */
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
        {artifact.key !== null && (
          <VersionField key={`${artifact.id} version`} label={`${name}: version`} artifact={artifact} onPick={onPick} />
        )}
      </div>
      <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-0.5 pl-6 text-faint text-sm tabular-nums">
        <TypeLabel type={artifact.type} />
        <span>{contentSize(artifact)}</span>
        <Age of={artifact.created} suffix=" ago" />
        <Link href={`/artifacts/artifact/${artifact.id}`} prefetch={false} className="text-soft hover:text-ink">
          Open
        </Link>
      </p>
    </section>
  );
}

/** Selects the latest version of another key. */
function KeyField({ label, artifact, onPick }: { label: string; artifact: Artifact; onPick: (id: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const list = useId();
  const api = useApi();
  const client = useQueryClient();
  const { data: keys = [] } = useQuery({ ...keysQuery(api, typed ?? ""), enabled: typed !== null });
  const pick = (text: string, candidates: typeof keys) => {
    const found = candidates.find(({ key }) => key === text);
    if (found && found.key !== artifact.key) onPick(found.id);
  };
  // Fetches, since suggestions may still be loading; an invalid key matches nothing.
  const submit = async (text: string) => pick(text, await client.fetchQuery(keyQuery(api, text)).catch(() => []));
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
          if (event.key === "Enter") void submit(event.currentTarget.value);
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

/** Selects another version of the key by its number; suggests the newest. */
function VersionField({
  label,
  artifact,
  onPick,
}: {
  label: string;
  artifact: Artifact;
  onPick: (id: string) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const list = useId();
  const api = useApi();
  const client = useQueryClient();
  const key = artifact.key ?? "";
  const { data: rows = [] } = useQuery({ ...newestQuery(api, key), enabled: typed !== null });
  const versionOf = (text: string) => Number(text.replace(/^v/i, ""));
  const pick = (text: string, candidates: typeof rows) => {
    const found = candidates.find(({ version }) => version === versionOf(text));
    if (found && found.id !== artifact.id) onPick(found.id);
  };
  const submit = async (text: string) =>
    pick(text, await client.fetchQuery(versionQuery(api, key, versionOf(text))).catch(() => []));
  return (
    <>
      <TextField
        aria-label={label}
        list={list}
        value={typed ?? `v${artifact.version}`}
        placeholder={`v${artifact.version}`}
        autoComplete="off"
        inputMode="numeric"
        maxLength={17}
        onFocus={() => setTyped("")}
        onBlur={() => setTyped(null)}
        onChange={(event) => {
          setTyped(event.target.value);
          // Suggestions start with v; a typed number may still be incomplete.
          if (event.target.value.startsWith("v")) pick(event.target.value, rows);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") void submit(event.currentTarget.value);
        }}
        className="w-20 tabular-nums"
      />
      <datalist id={list}>
        {rows.map(({ id, version }) => (
          <option key={id} value={`v${version}`} />
        ))}
      </datalist>
    </>
  );
}
