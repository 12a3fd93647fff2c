import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Age } from "#app/_ui/age";
import { Button } from "#app/_ui/button";
import type { Artifact, Metadata } from "#contract/artifact";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { textQuery } from "../../../_artifact/artifact-queries";
import { type Draft, editableText } from "./draft";
import { metadataOf } from "./metadata-text";

/** It appears at the foot of a form that may be long, where nobody might look. */
function bringIntoView(conflict: HTMLElement | null) {
  conflict?.scrollIntoView({ block: "nearest" });
}

/** Someone else saved first: both sides beside each other, and the choice between them. */
export function Conflict({
  mine,
  theirs,
  onKeepMine,
  onTakeTheirs,
}: {
  mine: Draft;
  theirs: Artifact;
  onKeepMine: (base: string) => void;
  onTakeTheirs: () => void;
}) {
  const typed = metadataOf(mine.rows);
  return (
    <section
      ref={bringIntoView}
      role="alert"
      aria-label="Conflict"
      className="scroll-mb-20 rounded-md border border-warn/40 bg-warn-wash p-4 text-sm"
    >
      <h2 className="font-medium">
        This version was changed <Age of={theirs.updated} suffix=" ago" />, after you began to edit it
      </h2>
      <p className="mt-1 text-soft">Nothing of yours is lost. Choose what holds.</p>
      <div className="mt-3 grid gap-3 sm:grid-cols-2">
        <Side name="As it is now" description={theirs.description ?? ""} metadata={theirs.metadata}>
          {mine.data !== null && <TheirData artifact={theirs} />}
        </Side>
        <Side name="Yours" description={mine.description} metadata={"metadata" in typed ? typed.metadata : null}>
          {mine.data !== null && <Data text={mine.data} />}
        </Side>
      </div>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button onClick={() => onKeepMine(theirs.updated)}>Save mine over it</Button>
        <Button look="danger" onClick={onTakeTheirs}>
          Discard mine
        </Button>
      </div>
    </section>
  );
}

function Side({
  name,
  description,
  metadata,
  children,
}: {
  name: string;
  description: string;
  metadata: Metadata | null;
  /** The data, where that was changed too. */
  children: ReactNode;
}) {
  return (
    <section aria-label={name} className="min-w-0 rounded border bg-surface p-3">
      <h3 className="mb-1 text-soft text-xs">{name}</h3>
      <p className="max-h-48 overflow-y-auto whitespace-pre-wrap break-words">
        {description || <span className="text-faint">No description</span>}
      </p>
      {metadata && (
        <pre className="mt-2 max-h-40 overflow-auto border-t pt-2 font-mono text-xs">
          {JSON.stringify(metadata, null, 2)}
        </pre>
      )}
      {children}
    </section>
  );
}

function Data({ text }: { text: string }) {
  return <pre className="mt-2 max-h-60 overflow-auto border-t pt-2 font-mono text-xs">{text}</pre>;
}

function TheirData({ artifact }: { artifact: Artifact }) {
  const small = artifact.size <= MAX_EMBEDDED_DATA;
  const { data: stored } = useQuery({ ...textQuery(artifact.id, artifact.updated), enabled: small });
  if (!small) return <p className="mt-2 border-t pt-2 text-faint">Data too large to show here</p>;
  return <Data text={stored === undefined ? "Loading…" : editableText(artifact.type, stored)} />;
}
