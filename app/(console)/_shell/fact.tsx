import type { ReactNode } from "react";
import { Copy } from "#app/_ui/copy";

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[5.5rem_minmax(0,1fr)] items-start gap-2">
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0 break-words tabular-nums">{children}</dd>
    </div>
  );
}

export function IdFact({ id, name = "ID", of = "ID" }: { id: string; name?: string; of?: string }) {
  return (
    <Fact name={name}>
      <span className="flex items-center gap-1">
        <span className="truncate font-mono text-xs" title={id}>
          {id}
        </span>
        <Copy text={id} label={`Copy ${of}`} className="-my-0.5" />
      </span>
    </Fact>
  );
}
