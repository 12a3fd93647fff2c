import { useEffect, useState } from "react";
import type { Artifact } from "#contract/artifact";

type Row = Pick<Artifact, "key" | "created">;

const loadVisit = () => import("./visit");
const isNever = () => false;

/** Tells which rows of a list were created since the reader last looked at it. Nothing depends on it, so it loads late. */
export function useIsNew(): (row: Row) => boolean {
  const [isNew, setIsNew] = useState<(row: Row) => boolean>(() => isNever);
  useEffect(() => {
    let end: (() => void) | null = null;
    let isEnded = false;
    const begin = ({ watchVisit }: Awaited<ReturnType<typeof loadVisit>>) => {
      if (!isEnded) end = watchVisit((next) => setIsNew(() => next));
    };
    loadVisit().then(begin, isNever);
    return () => {
      isEnded = true;
      end?.();
    };
  }, []);
  return isNew;
}

/** Notes that the reader opened a version. */
export function useSeen(row: Row | undefined): void {
  const { key = null, created } = row ?? {};
  useEffect(() => {
    if (created) loadVisit().then(({ noteSeen }) => noteSeen({ key, created }), isNever);
  }, [key, created]);
}

export function markAllSeen(): void {
  loadVisit().then(({ noteAllSeen }) => noteAllSeen(), isNever);
}
