"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { loadCode } from "#app/_data/connection";
import { useRole } from "#app/_data/role";
import { draftName } from "./edit/draft-name";

const UnsavedDraft = dynamic(() => loadCode(() => import("./edit/draft-notice")).then((module) => module.UnsavedDraft));

const neverChanges = () => () => {};

/** A notice that a version has an unsaved draft in this tab. */
export function DraftNotice({ id, editHref }: { id: string; editHref: string }) {
  const { mayWrite } = useRole();
  const exists = useSyncExternalStore(
    neverChanges,
    () => sessionStorage.getItem(draftName(id)) !== null,
    () => false,
  );
  return exists && mayWrite ? <UnsavedDraft id={id} editHref={editHref} /> : null;
}
