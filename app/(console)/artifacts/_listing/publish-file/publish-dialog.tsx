"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { useApi } from "#app/_data/client";
import { useRefresh } from "#app/_data/mutation";
import { Choice, ReasonField, TextField } from "#app/_ui/field";
import { FormButtons, Modal } from "#app/_ui/modal";
import { Notice } from "#app/_ui/notice";
import { toast } from "#app/_ui/toast";
import { keyError } from "#contract/key";
import { formatBytes } from "#formats/number";
import { TypeIcon, typeName } from "../../../_list/artifact-type";
import { artifactHref } from "../../../_list/artifact-url";
import { keyOfFile } from "./read-file";
import { sendFile } from "./send-file";
import { useFileReadings } from "./use-file-readings";

/** Asks for the key and type of a file, and publishes it. */
export function PublishDialog({ file, maxData, onClose }: { file: File; maxData: number; onClose: () => void }) {
  const router = useRouter();
  const refresh = useRefresh();
  const id = useId();
  const [key, setKey] = useState(() => keyOfFile(file.name));
  const [chosen, setChosen] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [sent, setSent] = useState(0);
  const readings = useFileReadings(file, maxData);
  const reading = readings?.choices.find(({ type }) => type === chosen) ?? readings?.choices[0];
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const publishing = useMutation({
    mutationFn: (source: NonNullable<typeof reading>) => {
      abort.current = new AbortController();
      setSent(0);
      return sendFile(file, { key, reason: reason.trim() || null }, source, setSent, abort.current.signal);
    },
    onSuccess: (row) => {
      toast(`Published v${row.version} of ${row.key}`);
      onClose();
      router.push(artifactHref(row));
      refresh();
    },
  });
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (reading && keyError(key) === null && !publishing.isPending) publishing.mutate(reading);
  };
  return (
    <Modal
      label="Publish a file"
      onClose={onClose}
      className="m-auto max-h-[calc(100dvh-2rem)] w-[min(28rem,calc(100vw-2rem))] overflow-y-auto rounded-lg p-5"
    >
      <h2 className="font-semibold text-lg tracking-tight">Publish a file</h2>
      <div className="mt-3 flex items-center gap-2.5 rounded-md border bg-surface px-3 py-2 text-sm">
        <TypeIcon type={reading?.type ?? null} />
        <p className="min-w-0 flex-1">
          <span className="block truncate font-medium">{file.name}</span>
          <span role="status" className="text-faint tabular-nums">
            {[formatBytes(file.size), readings === null ? "reading…" : reading?.content].filter(Boolean).join(", ")}
          </span>
        </p>
        {reading && readings && readings.choices.length > 1 && (
          <Choice aria-label="Type" value={reading.type} onChange={({ target }) => setChosen(target.value)}>
            {readings.choices.map(({ type }) => (
              <option key={type} value={type}>
                {typeName(type)}
              </option>
            ))}
          </Choice>
        )}
        {reading && readings?.choices.length === 1 && <span className="text-soft">{typeName(reading.type)}</span>}
      </div>
      {readings?.problem && (
        <div className="mt-4">
          <Notice>
            {readings.problem}
            {reading && " It is published as the file that it is."}
          </Notice>
        </div>
      )}
      <form onSubmit={handleSubmit} className="mt-4 flex flex-col gap-3">
        <label htmlFor={`${id}-key`} className="flex flex-col gap-1 font-medium text-sm">
          Key
          <TextField
            id={`${id}-key`}
            value={key}
            maxLength={255}
            autoFocus
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="none"
            placeholder="daily-report"
            aria-describedby={`${id}-effect`}
            onChange={({ target }) => {
              publishing.reset();
              setKey(target.value);
            }}
            className="w-full font-normal"
          />
        </label>
        <p id={`${id}-effect`} role="status" className="min-h-5 break-words text-soft text-sm">
          <Effect artifactKey={key} />
        </p>
        <ReasonField value={reason} onChange={setReason} />
        {publishing.error && <Notice tone="danger">{publishing.error.message}</Notice>}
        {publishing.isPending && (
          <div className="space-y-1">
            <progress
              aria-label="Upload"
              value={sent}
              className="block h-1.5 w-full overflow-hidden rounded-full accent-accent"
            />
            <p role="status" className="text-faint text-sm tabular-nums">
              {sent < 1 ? `${Math.floor(100 * sent)} % sent` : "Sent; the server stores it…"}
            </p>
          </div>
        )}
        <FormButtons onCancel={onClose} disabled={!reading || keyError(key) !== null || publishing.isPending}>
          Publish
        </FormButtons>
      </form>
    </Modal>
  );
}

/** What publishing under a key does, or why it cannot be one. */
function Effect({ artifactKey }: { artifactKey: string }) {
  const problem = keyError(artifactKey);
  const { data } = useQuery({
    ...useApi().collection.list.queryOptions({ where: { artifacts: { key: { any: [artifactKey] } } }, limit: 1 }),
    enabled: problem === null,
    refetchInterval: false,
  });
  if (artifactKey === "") return "The key names the artifact; files with the same key are its versions.";
  if (problem !== null) return `A key ${problem}.`;
  if (!data) return null;
  const [existing] = data;
  return existing ? `Becomes the version after v${existing.version} of ${artifactKey}.` : "A new artifact.";
}
