"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useEffect, useRef, useState } from "react";
import { useApi } from "#app/_data/client";
import { loadCode } from "#app/_data/connection";
import { toApiError } from "#app/_data/error";
import { Button } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { contentSize } from "#formats/number";
import { typeName } from "../../_list/artifact-type";
import { firstLine } from "../../_list/first-line";
import { sidesQuery } from "../_compare/queries";

const Differences = dynamic(() =>
  loadCode(() => import("../_compare/differences")).then((module) => module.Differences),
);

/** The differences between two versions of a key, compared once they are in view; of a new one (`from` is null), what it is. */
export function LazyDifferences({ name, from, to }: { name: string; from: string | null; to: string }) {
  const box = useRef<HTMLElement>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (!box.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true), {
      rootMargin: "200px",
    });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  const { data, error, refetch } = useQuery({
    ...sidesQuery(useApi(), from === null ? [to] : [from, to]),
    enabled: isSeen,
    refetchInterval: false,
  });
  const older = data?.find(({ id }) => id === from);
  const newer = data?.find(({ id }) => id === to);
  const hasOlder = from === null || older !== undefined;
  return (
    <ScrollRegion ref={box} label={`Changes of ${name}`} className="max-h-112 min-h-16 overflow-auto px-4 py-3 text-sm">
      {error && !data && (
        <Notice tone="danger" action={<Button onClick={() => refetch()}>Retry</Button>}>
          {toApiError(error).message}
        </Notice>
      )}
      {data && !(newer && hasOlder) && (
        <Notice>
          {newer ? "The version that you saw last" : "This version"} no longer exists. It may be in the trash.
        </Notice>
      )}
      {newer && from === null && (
        <p className="text-soft">
          {typeName(newer.type)}, {contentSize(newer)}
          {newer.description && <bdi className="text-faint"> · {firstLine(newer.description)}</bdi>}
        </p>
      )}
      {newer && older && <Differences from={{ ...older, revision: null }} to={{ ...newer, revision: null }} />}
    </ScrollRegion>
  );
}
