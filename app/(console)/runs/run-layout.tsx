import type { ReactNode } from "react";
import { Notice } from "#app/_ui/notice";
import { Title } from "#app/brand";
import type { State } from "#contract/run";
import { FAILED_STATES } from "#contract/state";
import { Breadcrumb } from "../_shell/breadcrumb";

export function RunLayout({
  name,
  state,
  crumbs,
  facts,
  children,
}: {
  name: string;
  state: State | null;
  crumbs: { name: string; href?: string }[];
  facts: ReactNode;
  children: ReactNode;
}) {
  const failed = state !== null && FAILED_STATES.includes(state.type);
  return (
    <>
      <Title>{name}</Title>
      <Breadcrumb list={{ name: "Runs", href: "/runs" }} at={[...crumbs, { name }]} />
      <h1 className="min-w-0 break-words font-semibold text-xl tracking-tight">{name}</h1>
      {state?.message && (
        <div className="mt-4">
          <Notice tone={failed ? "warn" : "note"}>
            <span className="whitespace-pre-wrap break-words">{state.message}</span>
          </Notice>
        </div>
      )}
      <div className="mt-5 grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="min-w-0 space-y-8">{children}</div>
        <aside aria-label="About this run" className="min-w-0 space-y-7">
          {facts}
        </aside>
      </div>
    </>
  );
}
