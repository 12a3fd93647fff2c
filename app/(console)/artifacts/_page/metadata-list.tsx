import type { Metadata } from "#contract/artifact";
import { safeUrl } from "#formats/url";
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
                className={`max-h-40 overflow-y-auto whitespace-pre-wrap break-words [overflow-wrap:anywhere] ${typeof value === "string" ? "" : "font-mono text-xs leading-5"}`}
              >
                {typeof value === "string" ? <MetadataText text={value} /> : formatValue(value)}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

/** A web address as a link, any other text with its lines. */
function MetadataText({ text }: { text: string }) {
  if (text.trim() === "")
    return <span className="text-faint italic">{text === "" ? "empty text" : "only spaces"}</span>;
  const address = /^\s*https?:\/\/\S+\s*$/i.test(text) ? safeUrl(text) : null;
  if (!address) return text;
  return (
    <a href={address.href} target="_blank" rel="noopener noreferrer nofollow" className="text-accent hover:underline">
      {text}
    </a>
  );
}
