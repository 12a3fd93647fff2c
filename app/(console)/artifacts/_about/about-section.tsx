import { ExternalLink, Pencil } from "lucide-react";
import { Button } from "#app/_ui/button";
import type { About, Link } from "#contract/about";
import { safeUrl } from "#formats/url";
import { Description } from "../../_viewers/description/description";

/** The facts of a key beside its versions, but for those in the header of its page. `onEdit` is absent for readers who may not write. */
export function AboutSection({ about, onEdit }: { about: About | null; onEdit: (() => void) | undefined }) {
  const facts = about && isEmpty(about) ? null : about;
  if (!facts && !onEdit) return null;
  return (
    <section aria-labelledby="about-title">
      <div className="mb-1 flex min-h-8 items-center justify-between gap-2 border-t pt-3">
        <h2 id="about-title" className="font-medium text-sm">
          About this artifact
        </h2>
        {onEdit && (
          <Button look="quiet" onClick={onEdit} className="-mr-1">
            <Pencil aria-hidden className="size-3.5" />
            {facts ? "Edit" : "Add"}
            <span className="sr-only"> the facts about this artifact</span>
          </Button>
        )}
      </div>
      {facts && facts.description !== null && (
        <div className="mb-3 text-sm">
          <Description text={facts.description} />
        </div>
      )}
      {facts && facts.links.length > 0 && (
        <ul aria-label="Links" className="space-y-1 text-sm">
          {facts.links.map((link) => (
            <li key={`${link.url} ${link.text}`}>
              <OutLink link={link} />
            </li>
          ))}
        </ul>
      )}
      {!facts?.description && !facts?.links.length && (
        <p className="text-faint text-sm">
          {facts ? "No description or links." : "No title, owner, description or tags."}
        </p>
      )}
    </section>
  );
}

function isEmpty({ updated, links, tags, ...texts }: About): boolean {
  return links.length + tags.length === 0 && Object.values(texts).every((text) => text === null);
}

function OutLink({ link: { url, text } }: { link: Link }) {
  const address = safeUrl(url);
  const name = text ?? url.replace(/^(?:https?:\/\/|mailto:)/i, "");
  if (!address) return name;
  return (
    <a
      href={address.href}
      title={url}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="break-words text-accent [overflow-wrap:anywhere] hover:underline"
    >
      {name}
      <ExternalLink aria-hidden className="ml-1 inline size-3 align-[-1px]" />
    </a>
  );
}
