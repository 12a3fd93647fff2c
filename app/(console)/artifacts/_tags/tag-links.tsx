import Link from "next/link";
import { conditionsText } from "#contract/list-filter/condition";
import { TagChip } from "../../_list/chips";

/** Tags, each a link to the artifacts that have it, with `asOf` to those that had it then. */
export function TagLinks({ tags, asOf }: { tags: string[]; asOf?: string }) {
  return (
    <ul className="flex flex-wrap gap-1">
      {tags.map((tag) => (
        <li key={tag} className="flex min-w-0 max-w-full">
          <Link
            href={tagHref(tag, asOf)}
            prefetch={false}
            title={`Artifacts with the tag ${tag}`}
            className="target inline-flex min-w-0 rounded hover:bg-hover"
          >
            <TagChip tag={tag} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function tagHref(tag: string, asOf: string | undefined): string {
  const where = conditionsText([{ field: "tag", path: "", operator: "all", values: [tag] }]);
  const href = `/artifacts?where=${encodeURIComponent(where)}`;
  return asOf === undefined ? href : `${href}&asOf=${encodeURIComponent(asOf)}`;
}
