"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { type Api, useApi } from "#app/_data/client";
import { CommandList } from "#app/_ui/command-list";
import { Modal } from "#app/_ui/modal";
import { activeShortcuts } from "#app/_ui/shortcut";
import type { KeyCondition } from "#contract/filter";
import { leaveTo } from "../leaving";
import { useSavedViews } from "../saved-views";
import { paletteCommands, runnableShortcuts } from "./commands";
import { addRecentPage, type RecentPage, recentPages } from "./recent";

/** Milliseconds without typing before a search. */
const SEARCH_DELAY = 120;

export function PaletteDialog({ onClose }: { onClose: () => void }) {
  const api = useApi();
  const router = useRouter();
  const [text, setText] = useState("");
  const search = useDelayed(text.trim());
  const options = {
    enabled: search !== "",
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    refetchInterval: false as const,
  };
  const startingWith = useQuery({ ...keysQuery(api, { startsWith: search }), ...options });
  const containing = useQuery({ ...keysQuery(api, { contains: search }), ...options });
  const runs = useQuery({ ...runsQuery(api, search), ...options });
  const [recent] = useState(recentPages);
  const [shortcuts] = useState(() => runnableShortcuts(activeShortcuts()));
  const views = useSavedViews();

  const open = (href: string, page?: RecentPage) => {
    if (page) addRecentPage(page);
    onClose();
    leaveTo(href, router.push);
  };
  const run = (action: () => void) => {
    // The action may depend on the focus, which a closed dialog restores in a microtask.
    flushSync(onClose);
    queueMicrotask(action);
  };
  const artifacts = search === "" ? [] : [startingWith.data ?? [], containing.data ?? []];
  const sources = { recent, shortcuts, views, artifacts, runs: (search !== "" && runs.data) || [] };
  const searching = search !== text.trim() || startingWith.isFetching || containing.isFetching || runs.isFetching;
  return (
    <Modal
      label="Search"
      onClose={onClose}
      className="mx-auto mt-[12vh] mb-auto w-[min(38rem,calc(100vw-2rem))] overflow-hidden rounded-xl"
    >
      <CommandList
        label="Search artifacts, runs, commands…"
        text={text}
        onText={setText}
        commands={paletteCommands(text, sources, { open, run })}
        empty={searching ? "Searching…" : `No results for “${text.trim()}”`}
        className="max-h-[min(26rem,60dvh)]"
      />
    </Modal>
  );
}

function keysQuery(api: Api, key: KeyCondition) {
  return api.collection.list.queryOptions({ where: { artifacts: { key } }, sort: "KEY_ASC", limit: 8 });
}

function runsQuery(api: Api, contains: string) {
  return api.flowRun.list.queryOptions({ where: { flowRuns: { name: { contains } } }, limit: 6 });
}

function useDelayed(text: string): string {
  const [delayed, setDelayed] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(text), SEARCH_DELAY);
    return () => clearTimeout(timer);
  }, [text]);
  return delayed;
}
