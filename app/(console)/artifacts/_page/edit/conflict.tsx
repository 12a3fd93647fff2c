import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Age } from "#app/_ui/age";
import { Button } from "#app/_ui/button";
import type { Artifact, Metadata } from "#contract/artifact";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { textQuery } from "../../_artifact/artifact-queries";
import { type Draft, editableText } from "./draft";
import { metadataOf } from "./metadata-text";

/** The conflict appears below a form that may be long. */
function scrollIntoView(conflict: HTMLElement | null) {
  conflict?.scrollIntoView({ block: "nearest" });
}

/** Shows a draft beside the version that someone else changed since, to choose between them. */
export function Conflict({
  mine,
  current,
  onKeepMine,
  onDiscardMine,
}: {
  mine: Draft;
  current: Artifact;
  onKeepMine: (base: string) => void;
  onDiscardMine: () => void;
}) {
  const parsed = metadataOf(mine.rows);
  return (
    <section
      ref={scrollIntoView}
      role="alert"
      aria-label="Conflict"
      className="scroll-mb-20 rounded-md border border-warn/40 bg-warn-wash p-4 text-sm"
    >
      <h2 className="font-medium">
        This version was changed <Age of={current.updated} suffix=" ago" />, after you started editing
      </h2>
      <p className="mt-1 text-soft">Your changes are safe. Choose which version to keep.</p>
      <div className="mt-3 grid gap-3 sm:grid-cols-2">
        <Side name="Current" description={current.description ?? ""} metadata={current.metadata}>
          {mine.data !== null && <CurrentData artifact={current} />}
        </Side>
        <Side name="Yours" description={mine.description} metadata={"metadata" in parsed ? parsed.metadata : null}>
          {mine.data !== null && <Data text={mine.data} />}
        </Side>
      </div>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button onClick={() => onKeepMine(current.updated)}>Overwrite with mine</Button>
        <Button look="danger" onClick={onDiscardMine}>
          Discard my changes
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
  /** The data, if the draft changes it. */
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

function CurrentData({ artifact }: { artifact: Artifact }) {
  const small = artifact.size <= MAX_EMBEDDED_DATA;
  const { data: stored } = useQuery({ ...textQuery(artifact.id, artifact.updated), enabled: small });
  if (!small) return <p className="mt-2 border-t pt-2 text-faint">The data is too large to show here.</p>;
  return <Data text={stored === undefined ? "Loading…" : editableText(artifact.type, stored)} />;
}
