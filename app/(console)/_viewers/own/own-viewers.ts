"use client";

import type { ReactNode } from "react";

/** What a viewer of the operator is for. */
export interface OwnViewer {
  name: string;
  types: readonly string[];
  mediaTypes: readonly string[];
  extensions: readonly string[];
  maxSize: number;
}

let viewers: readonly OwnViewer[] = [];

/** Those of the server, which are the same for as long as it runs. */
export function ownViewers(): readonly OwnViewer[] {
  return viewers;
}

/** Adds the viewers of the operator to those that are built in, before a page chooses one. */
export function OwnViewers({ of, children }: { of: readonly OwnViewer[]; children: ReactNode }): ReactNode {
  viewers = of;
  return children;
}
