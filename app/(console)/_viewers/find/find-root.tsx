"use client";

import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { loadCode } from "#app/_data/connection";
import { FIND_PARSERS, FindContext, FindRegistry } from "./find-context";

const FindBar = dynamic(() => loadCode(() => import("./find-bar")).then((module) => module.FindBar));

/** What a version shows, with a bar above it that finds the words in the URL; `top`: the class of where it sticks to. */
export function FindRoot({ top = "top-14", children }: { top?: string; children: ReactNode }) {
  const [{ find }] = useQueryStates(FIND_PARSERS);
  const [registry] = useState(() => new FindRegistry());
  const root = useRef<HTMLDivElement>(null);
  const isOpen = find !== null;
  const context = useMemo(() => ({ registry, isOpen }), [registry, isOpen]);
  return (
    <FindContext value={context}>
      {isOpen && <FindBar registry={registry} root={root} top={top} />}
      <div ref={root} tabIndex={-1} className="outline-none">
        {children}
      </div>
    </FindContext>
  );
}
