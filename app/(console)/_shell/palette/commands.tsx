import { ArrowRight, Bookmark, Clock, Play, Zap } from "lucide-react";
import type { Command } from "#app/_ui/command-list";
import type { ShortcutSection } from "#app/_ui/shortcut";
import type { ArtifactCollection } from "#contract/collection";
import type { FlowRun } from "#contract/flow-run";
import { TypeIcon } from "../../_list/artifact-type";
import { keyHref } from "../../_list/artifact-url";
import type { SavedView } from "../saved-views";
import type { RecentPage } from "./recent";

const ICON = "size-4 shrink-0 text-faint";
const MOST_ARTIFACTS = 8;

const PAGES = [
  { name: "Artifacts", href: "/artifacts" },
  { name: "All versions", href: "/artifacts?versions=all" },
  { name: "Artifacts without a key", href: "/artifacts?keys=none" },
  { name: "Runs", href: "/runs" },
  { name: "Trash", href: "/trash" },
];

type FoundArtifact = Pick<ArtifactCollection, "key" | "type" | "version">;

/** What the palette offers. The lists of artifacts are in order of relevance, and may overlap. */
export interface Sources {
  recent: RecentPage[];
  shortcuts: ShortcutAction[];
  views: SavedView[];
  artifacts: FoundArtifact[][];
  runs: Pick<FlowRun, "id" | "name" | "state">[];
}

interface Handlers {
  open: (href: string, recent?: RecentPage) => void;
  run: (action: () => void) => void;
}

export function paletteCommands(text: string, sources: Sources, { open, run }: Handlers): Command[] {
  const matching = (commands: Command[]) => commands.filter(({ label }) => matches(label, text));
  return [
    ...matching(
      sources.recent.map((page) => ({
        id: `recent ${page.href}`,
        group: "Recent",
        label: page.label,
        icon: page.kind === "run" ? <Play aria-hidden className={ICON} /> : <Clock aria-hidden className={ICON} />,
        run: () => open(page.href, page),
      })),
    ),
    ...matching(
      sources.shortcuts.map(({ section, key, label, action }) => ({
        id: `shortcut ${key}`,
        group: section,
        label,
        icon: <Zap aria-hidden className={ICON} />,
        shortcut: key,
        run: () => run(action),
      })),
    ),
    ...matching(
      sources.views.map(({ name, href }) => ({
        id: `view ${name}`,
        group: "Saved views",
        label: name,
        icon: <Bookmark aria-hidden className={ICON} />,
        run: () => open(href),
      })),
    ),
    ...matching(
      PAGES.map(({ name, href }) => ({
        id: href,
        group: "Pages",
        label: name,
        icon: <ArrowRight aria-hidden className={ICON} />,
        run: () => open(href),
      })),
    ),
    ...firstOfEachKey(sources.artifacts.flat()).map(({ key, type, version }) => {
      const href = keyHref(key);
      return {
        id: `key ${key}`,
        group: "Artifacts",
        label: key,
        icon: <TypeIcon type={type} />,
        hint: `v${version}`,
        run: () => open(href, { kind: "key", label: key, href }),
      };
    }),
    ...sources.runs.map(({ id, name, state }) => {
      const href = `/runs/flow-run/${id}`;
      return {
        id,
        group: "Runs",
        label: name,
        icon: <Play aria-hidden className={ICON} />,
        hint: state?.name ?? undefined,
        run: () => open(href, { kind: "run", label: name, href }),
      };
    }),
  ];
}

interface ShortcutAction {
  section: string;
  key: string;
  label: string;
  action: () => void;
}

/**
 * The shortcuts that can run now. Call it before the palette takes the focus, on which some depend. Those that repeat,
 * like moving to the next row, make no sense as a command.
 */
export function runnableShortcuts(sections: ShortcutSection[]): ShortcutAction[] {
  return sections.flatMap(({ section, shortcuts }) =>
    shortcuts.flatMap(([key, { label, run, when, repeats }]) =>
      run && !repeats && (!when || when()) ? [{ section, key, label, action: run }] : [],
    ),
  );
}

function firstOfEachKey(artifacts: FoundArtifact[]): FoundArtifact[] {
  const seen = new Set<string>();
  return artifacts.filter(({ key }) => !seen.has(key) && seen.add(key)).slice(0, MOST_ARTIFACTS);
}

function matches(label: string, text: string): boolean {
  return label.toLowerCase().includes(text.trim().toLowerCase());
}
