"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ArrowRight, Bookmark, Clock, Play, Zap } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { useApi } from "#app/_data/client";
import { type Command, CommandList } from "#app/_ui/command-list";
import { Modal } from "#app/_ui/modal";
import { activeShortcuts } from "#app/_ui/shortcut";
import type { ArtifactCollection } from "#contract/collection";
import { TypeIcon } from "../../_list/artifact-type";
import { useSavedViews } from "../saved-views";
import { PAGES } from "./pages";
import { keysQuery, runsQuery } from "./queries";
import { type Place, recentPlaces, visited } from "./recent";

const ICON = "size-4 shrink-0 text-faint";

/** Everything one can go to or do from here, found by typing: recent places first, then actions and pages, keys and runs. */
export function PaletteBox({ onClose }: { onClose: () => void }) {
  const api = useApi();
  const router = useRouter();
  const [text, setText] = useState("");
  const asked = useSettled(text.trim());
  const options = { enabled: asked !== "", placeholderData: keepPreviousData };
  const begun = useQuery({ ...keysQuery(api, { startsWith: asked }), ...options });
  const keys = useQuery({ ...keysQuery(api, { contains: asked }), ...options });
  const runs = useQuery({ ...runsQuery(api, asked), ...options });
  const [recent] = useState(recentPlaces);
  const [actions] = useState(actionsNow);
  const views = useSavedViews();

  const go = (href: string, place?: Place) => () => {
    if (place) visited(place);
    onClose();
    router.push(href);
  };
  const fits = ({ label }: { label: string }) => label.toLowerCase().includes(text.trim().toLowerCase());
  const commands: Command[] = [
    ...recent.filter(fits).map((place) => ({
      id: `recent ${place.href}`,
      group: "Recent",
      label: place.label,
      icon: place.kind === "run" ? <Play aria-hidden className={ICON} /> : <Clock aria-hidden className={ICON} />,
      run: go(place.href, place),
    })),
    ...actions.filter(fits).map(({ run, ...action }) => ({
      ...action,
      icon: <Zap aria-hidden className={ICON} />,
      run: () => {
        // The focus is back on the page before the action looks at it.
        flushSync(onClose);
        run();
      },
    })),
    ...views
      .map(({ name, href }) => ({
        id: `view ${name}`,
        group: "Views",
        label: name,
        icon: <Bookmark aria-hidden className={ICON} />,
        run: go(href),
      }))
      .filter(fits),
    ...PAGES.map(({ name, href }) => ({
      id: href,
      group: "Pages",
      label: name,
      icon: <ArrowRight aria-hidden className={ICON} />,
      run: go(href),
    })).filter(fits),
    ...(asked === "" ? [] : first(8, begun.data, keys.data)).map(({ key, type, version }) => {
      const href = `/artifacts/key/${key}`;
      return {
        id: `key ${key}`,
        group: "Keys",
        label: key,
        icon: <TypeIcon type={type} />,
        hint: `v${version}`,
        run: go(href, { kind: "key", label: key, href }),
      };
    }),
    ...(asked === "" ? [] : (runs.data ?? [])).map(({ id, name, state }) => {
      const href = `/runs/flow-run/${id}`;
      return {
        id,
        group: "Runs",
        label: name,
        icon: <Play aria-hidden className={ICON} />,
        hint: state?.name ?? undefined,
        run: go(href, { kind: "run", label: name, href }),
      };
    }),
  ];
  const busy = asked !== text.trim() || begun.isFetching || keys.isFetching || runs.isFetching;
  return (
    <Modal
      label="Search"
      onClose={onClose}
      className="mx-auto mt-[12vh] mb-auto w-[min(38rem,calc(100vw-2rem))] overflow-hidden rounded-xl"
    >
      <CommandList
        label="Search keys, runs and actions"
        text={text}
        onText={setText}
        commands={commands}
        empty={busy ? "Searching…" : "Nothing fits"}
        className="max-h-[min(26rem,60dvh)]"
      />
    </Modal>
  );
}

/** What the page's own keys do, to be chosen by name; asked before the palette takes the focus. */
function actionsNow() {
  return activeShortcuts().flatMap(({ about, keys }) =>
    // What is pressed again and again is nothing to choose by name.
    keys.flatMap(([key, { label, run, when, repeats }]) =>
      run && !repeats && (!when || when())
        ? [{ id: `action ${key}`, group: about, label: label, shortcut: key, run }]
        : [],
    ),
  );
}

/** The first rows of several answers, each key once. */
function first(most: number, ...answers: (ArtifactCollection[] | undefined)[]): ArtifactCollection[] {
  const rows = new Map(answers.flatMap((answer = []) => answer.map((row) => [row.key, row] as const)));
  return [...rows.values()].slice(0, most);
}

/** A text once it has stood still for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 120);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
