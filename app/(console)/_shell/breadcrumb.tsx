import { PastLink } from "../_past/past-link";

const ARTIFACTS = { name: "Artifacts", href: "/artifacts" };

export function Breadcrumb({
  list = ARTIFACTS,
  at,
}: {
  list?: typeof ARTIFACTS;
  at: { name: string; href?: string }[];
}) {
  return (
    <nav aria-label="Breadcrumb" className="mb-3 text-sm">
      <ol className="flex min-w-0 flex-wrap items-center gap-1.5 text-faint">
        <li>
          <PastLink href={list.href} prefetch={false} className="target hover:text-ink">
            {list.name}
          </PastLink>
        </li>
        {at.map(({ name, href }) => (
          <li key={name} className="flex min-w-0 items-center gap-1.5">
            <span aria-hidden className="text-edge">
              /
            </span>
            {href ? (
              <PastLink href={href} prefetch={false} className="-mx-1.5 truncate px-1.5 py-0.5 hover:text-ink">
                {name}
              </PastLink>
            ) : (
              <span aria-current="page" className="truncate text-soft">
                {name}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
