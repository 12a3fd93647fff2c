import Link from "next/link";
import { conditionsText } from "#contract/list-filter/condition";
import { TagChip } from "../../_list/chips";

/** Tags, each a link to the artifacts that have it. */
export function TagLinks({ tags }: { tags: string[] }) {
  return (
    <ul className="flex flex-wrap gap-1">
      {tags.map((tag) => (
        <li key={tag} className="flex min-w-0 max-w-full">
          <Link
            href={tagHref(tag)}
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

/** The list of the artifacts that have a tag. */
function tagHref(tag: string): string {
  const where = conditionsText([{ field: "tag", path: "", operator: "all", values: [tag] }]);
  return `/artifacts?where=${encodeURIComponent(where)}`;
}
