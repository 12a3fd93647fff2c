import type { Metadata } from "#contract/artifact";
import { formatValue } from "./edit/metadata-text";

export function MetadataList({ metadata }: { metadata: Metadata | null }) {
  const entries = Object.entries(metadata ?? {});
  return (
    <section aria-labelledby="metadata-title">
      <h2 id="metadata-title" className="mb-2 border-t pt-4 font-medium text-sm">
        Metadata
      </h2>
      {entries.length === 0 ? (
        <p className="text-faint text-sm">None</p>
      ) : (
        <dl className="space-y-2.5 text-sm">
          {entries.map(([name, value]) => (
            <div key={name}>
              <dt className="break-words text-faint">{name || "(empty name)"}</dt>
              <dd
                className={`max-h-40 overflow-y-auto break-words ${typeof value === "string" ? "" : "font-mono text-xs leading-5"}`}
              >
                {typeof value === "string" ? value : formatValue(value)}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
