export function TagList({ tags }: { tags: string[] }) {
  return (
    <ul className="flex flex-wrap gap-1">
      {tags.map((tag) => (
        <li key={tag} className="max-w-full truncate rounded bg-hover px-1.5 text-soft text-xs leading-5">
          {tag}
        </li>
      ))}
    </ul>
  );
}
