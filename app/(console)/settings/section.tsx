import type { ReactNode } from "react";

/** A page of the settings: its heading, what it is about, and its main action. */
export function Section({
  title,
  about,
  action,
  children,
}: {
  title: string;
  about: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-labelledby="section">
      <header className="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0 max-w-xl flex-1 basis-64">
          <h2 id="section" className="font-semibold text-base tracking-tight">
            {title}
          </h2>
          <p className="mt-1 text-soft text-sm">{about}</p>
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}
