"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Search } from "lucide-react";
import type { ReactNode } from "react";
import { Kbd } from "./kbd";

export interface Command {
  id: string;
  group: string;
  label: string;
  icon?: ReactNode;
  hint?: ReactNode;
  shortcut?: string;
  run: () => void;
}

/** A search field above a list of commands: arrow keys move, Enter runs. The caller filters by `text`. */
export function CommandList({
  label,
  text,
  onText,
  commands,
  empty,
  className = "",
}: {
  label: string;
  text: string;
  onText: (text: string) => void;
  commands: Command[];
  empty: string;
  className?: string;
}) {
  return (
    <Autocomplete.Root
      inline
      open
      items={groupCommands(commands)}
      filter={null}
      value={text}
      // Choosing a command would put its label into the field.
      onValueChange={(value, { reason }) => reason !== "item-press" && onText(value)}
      itemToStringValue={(command: Command) => command.label}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex items-center gap-2 border-b px-3">
        <Search aria-hidden className="size-4 shrink-0 text-faint" />
        <Autocomplete.Input
          aria-label={label}
          placeholder={label}
          autoFocus
          spellCheck={false}
          maxLength={255}
          className="h-11 min-w-0 flex-1 bg-transparent text-ink outline-none placeholder:text-faint"
        />
      </div>
      <Autocomplete.Empty>
        <p className="px-4 py-8 text-center text-soft text-sm empty:hidden">{empty}</p>
      </Autocomplete.Empty>
      {/* It scrolls itself: keys in the field above reach what is out of view. */}
      <Autocomplete.List
        aria-label={label}
        className={`overflow-y-auto overscroll-contain p-1.5 empty:p-0 ${className}`}
      >
        {(group: Group) => (
          <Autocomplete.Group key={group.value} items={group.items} className="not-last:mb-1.5">
            <Autocomplete.GroupLabel className="px-2 pt-1.5 pb-1 text-faint text-xs">
              {group.value}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(command: Command) => <CommandLine key={command.id} command={command} />}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}

function CommandLine({ command }: { command: Command }) {
  return (
    <Autocomplete.Item
      value={command}
      onClick={command.run}
      className="flex h-8 scroll-my-1.5 cursor-pointer items-center gap-2.5 rounded-md px-2 text-sm outline-none select-none data-highlighted:bg-hover"
    >
      {command.icon}
      <span className="min-w-0 flex-1 truncate">{command.label}</span>
      {command.hint && <span className="max-w-[45%] shrink-0 truncate text-faint tabular-nums">{command.hint}</span>}
      {command.shortcut && <Kbd name={command.shortcut} />}
    </Autocomplete.Item>
  );
}

interface Group {
  value: string;
  items: Command[];
}

function groupCommands(commands: Command[]): Group[] {
  const groups = new Map<string, Command[]>();
  for (const command of commands) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return [...groups].map(([value, items]) => ({ value, items }));
}
