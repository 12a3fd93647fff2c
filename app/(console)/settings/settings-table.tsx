import type { ReactNode } from "react";

export const CELL = "px-3 py-2 align-top text-soft tabular-nums";

/** A column after the one of names: its width, and where it is hidden because the name's cell says the same. */
interface Column {
  name: string;
  width: "w-20" | "w-24" | "w-28" | "w-32";
  hidden: "max-sm:hidden" | "max-md:hidden" | "max-lg:hidden";
}

/** The rows of a page of the settings. The last cell of a row has its actions, up to `actions` of them. */
export function SettingsTable({
  caption,
  columns,
  actions = 1,
  children,
}: {
  caption: string;
  columns: Column[];
  actions?: 1 | 2;
  children: ReactNode;
}) {
  return (
    <div className="rounded-lg border bg-surface">
      <table className="w-full table-fixed border-separate border-spacing-0 text-sm">
        <caption className="sr-only">{caption}</caption>
        <colgroup>
          <col />
          {columns.map(({ name, width, hidden }) => (
            <col key={name} className={`${width} ${hidden}`} />
          ))}
          <col className={actions === 1 ? "w-12" : "w-20"} />
        </colgroup>
        <thead className="max-sm:sr-only">
          <tr className="*:h-8 *:border-b">
            <th scope="col" className="px-3 pl-4 text-left font-medium text-faint text-xs">
              Name
            </th>
            {columns.map(({ name, hidden }) => (
              <th key={name} scope="col" className={`px-3 text-left font-medium text-faint text-xs ${hidden}`}>
                {name}
              </th>
            ))}
            <td className="p-0" />
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

export function NoRows({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="rounded-lg border border-edge border-dashed px-4 py-12 text-center text-sm text-soft">
      <h3 className="mb-1 font-medium text-base text-ink">{title}</h3>
      <p>{children}</p>
    </div>
  );
}
