"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { type Api, useApi } from "#app/_data/client";
import { useRole } from "#app/_data/role";
import { CommandList } from "#app/_ui/command-list";
import { Modal } from "#app/_ui/modal";
import { activeShortcuts } from "#app/_ui/shortcut";
import { setTheme } from "#app/_ui/theme/theme-choice";
import type { KeyCondition } from "#contract/filter";
import { keyHref } from "../../_list/artifact-url";
import { useKeepPast, usePast } from "../../_past/past-link";
import { copyLink } from "../copy-link";
import { leaveTo } from "../leaving";
import {
  artifactCommands,
  type FoundArtifact,
  paletteCommands,
  runnableShortcuts,
  type Sources,
  VERBS,
  type Verb,
} from "./commands";
import { DeleteArtifact } from "./delete-artifact";
import { addRecentPage, type RecentPage, recentPages } from "./recent";
import { useContentSearch } from "./use-content-search";

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
  const asOf = usePast() ?? undefined;
  const keepPast = useKeepPast();
  const startingWith = useQuery({ ...keysQuery(api, { startsWith: search }, asOf), ...options });
  const containing = useQuery({ ...keysQuery(api, { contains: search }, asOf), ...options });
  const flows = useQuery({ ...flowsQuery(api, search), ...options });
  const runs = useQuery({ ...runsQuery(api, search), ...options });
  const [recent] = useState(recentPages);
  const [shortcuts] = useState(() => runnableShortcuts(activeShortcuts()));
  const views = useQuery({ ...api.view.list.queryOptions(), staleTime: 10_000, refetchInterval: false });

  const open = (href: string, page?: RecentPage) => {
    if (page) addRecentPage(page);
    onClose();
    // The API's pages are no pages of Next.
    // The browser itself asks before another document.
    if (href.startsWith("/api/")) location.assign(href);
    else leaveTo(keepPast(href), router.push);
  };
  const run = (action: () => void) => {
    // The action may depend on the focus, which a closed dialog restores in a microtask.
    flushSync(onClose);
    queueMicrotask(action);
  };
  // Later than the others, as no index finds parts of descriptions: they would wait for it in one request.
  const laterSearch = useDelayed(search);
  const described = useQuery({
    ...describedQuery(api, laterSearch, asOf),
    ...options,
    enabled: laterSearch.length > 2,
    retry: false,
  });
  // The best matches are those of now.
  const content = useContentSearch(asOf === undefined && laterSearch.length > 2 ? laterSearch : "");
  const [verb, setVerb] = useState<Verb | null>(null);
  const latest = useQuery({ ...latestQuery(api), enabled: verb !== null });
  const [deleted, setDeleted] = useState<FoundArtifact | null>(null);
  const begin = (chosen: Verb) => {
    setVerb(chosen);
    setText("");
  };
  const found = <T,>(data: T[] | undefined) => (search === "" ? [] : (data ?? []));
  const artifacts = [found(startingWith.data), found(containing.data)];
  const descriptions = laterSearch === search && search.length > 2 ? (described.data ?? []) : [];
  const { mayWrite, mayConfigure } = useRole();
  const sources: Sources = {
    recent,
    shortcuts,
    views: views.data ?? [],
    artifacts,
    described: descriptions,
    content: laterSearch === search ? content : [],
    flows: found(flows.data),
    runs: found(runs.data),
    mayWrite,
    mayConfigure,
    maySignOut: signOutForm() !== null,
  };
  const handlers = {
    open,
    run,
    begin,
    copyLink: () => copyLink(location.href),
    setTheme,
    signOut: () => signOutForm()?.requestSubmit(),
  };
  const choose = (artifact: FoundArtifact) => {
    const href = keyHref(artifact.key);
    if (verb === "delete") setDeleted(artifact);
    else if (verb === "edit") open(`${href}?tab=edit`);
    else if (verb === "compare") open(`/artifacts/compare?to=${artifact.id}`);
  };
  const searching =
    search !== text.trim() || [startingWith, containing, flows, runs].some(({ isFetching }) => isFetching);
  const commands = verb
    ? artifactCommands(text, search === "" ? (latest.data ?? []) : [...artifacts.flat(), ...descriptions], choose)
    : paletteCommands(text, sources, handlers);
  if (deleted) return <DeleteArtifact artifact={deleted} onClose={onClose} />;
  return (
    <Modal
      label="Search"
      onClose={onClose}
      className="mx-auto mt-[12vh] mb-auto w-[min(38rem,calc(100vw-2rem))] overflow-hidden rounded-xl"
    >
      <CommandList
        key={verb}
        label={verb ? VERBS[verb].label : "Search artifacts, flows, runs, commands…"}
        text={text}
        onText={setText}
        commands={commands}
        empty={searching ? "Searching…" : `No results for “${text.trim()}”`}
        className="max-h-[min(26rem,60dvh)]"
      />
    </Modal>
  );
}

function keysQuery(api: Api, key: KeyCondition, asOf: string | undefined) {
  return api.collection.list.queryOptions({ where: { artifacts: { key } }, sort: "KEY_ASC", limit: 8, asOf });
}

function flowsQuery(api: Api, contains: string) {
  return api.flow.list.queryOptions({ where: { flows: { name: { contains } } }, limit: 5 });
}

function describedQuery(api: Api, contains: string, asOf: string | undefined) {
  return api.collection.list.queryOptions({ where: { artifacts: { description: { contains } } }, limit: 8, asOf });
}

function latestQuery(api: Api) {
  return api.collection.list.queryOptions({ sort: "UPDATED_DESC", limit: 8 });
}

/** The form in the menu of the account, for who can sign out. */
function signOutForm(): HTMLFormElement | null {
  return document.querySelector<HTMLFormElement>('form[action="/api/sign-out"]');
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
