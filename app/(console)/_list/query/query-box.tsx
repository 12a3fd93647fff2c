import { Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { loadCode } from "#app/_data/connection";
import { TextField } from "#app/_ui/field";
import type { BoxState, FacetsSource, OpenList } from "./box-state";
import type { QueryAssistant } from "./query-assistant";

/** So long after the last key a query is searched that can be. */
const PAUSE = 250;

interface Assistant {
  QueryAssistant: typeof QueryAssistant;
  /** Whether a text is a query. */
  isQuery: (text: string) => boolean;
  keepQuery: (text: string) => void;
}

/**
 * The field that searches a list by a query. Completion, problems and recent searches are loaded when it is focused. What is
 * not a query stays in the field, and is not searched.
 */
export function QueryBox({
  label,
  value,
  isInvalid,
  facets,
  onSearch,
  onLeave,
}: {
  label: string;
  /** The query that is searched. */
  value: string;
  /** Whether that cannot be searched, as it is not a query. */
  isInvalid: boolean;
  facets: FacetsSource;
  onSearch: (query: string) => void;
  onLeave: (query: string) => void;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const searched = useRef(value);
  const list = useRef<OpenList | null>(null);
  const [assistant, setAssistant] = useState<Assistant | null>(null);
  const [open, setOpen] = useState<{ activeId: string | undefined } | null>(null);
  const [state, setState] = useState<Omit<BoxState, "id">>({
    text: value,
    caret: 0,
    focused: false,
    checked: isInvalid,
  });
  // Also for a search that waits since before it was loaded.
  const loaded = useRef<Assistant | null>(null);
  const keepAssistant = (module: Assistant) => {
    loaded.current = module;
    setAssistant(module);
  };
  const load = () => {
    if (!assistant) loadCode(() => import("./query-assistant")).then(keepAssistant, () => {});
  };
  useEffect(() => {
    // Another query by a link, or by the buttons of the browser.
    if (value === searched.current) return;
    searched.current = value;
    setState((before) => ({ ...before, text: value, checked: isInvalid }));
  }, [value, isInvalid]);
  useEffect(() => () => clearTimeout(timer.current), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for a page that is opened with a problem
  useEffect(() => {
    if (isInvalid) load();
  }, []);

  const search = (text: string, then: (query: string) => void) => {
    clearTimeout(timer.current);
    const query = text.trim();
    if (loaded.current && !loaded.current.isQuery(query)) return false;
    searched.current = query;
    then(query);
    return true;
  };
  const change = (text: string, caret: number) => {
    setState({ text, caret, focused: true, checked: false });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (!search(text, onSearch)) setState((before) => ({ ...before, checked: before.text === text }));
    }, PAUSE);
  };
  const leave = () => {
    if (!search(state.text, onLeave)) return setState((before) => ({ ...before, checked: true }));
    assistant?.keepQuery(state.text);
  };
  const handleKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (list.current?.onKey(event)) return event.preventDefault();
    if (event.key === "Enter" || event.key === "ArrowDown") {
      event.preventDefault();
      leave();
    }
    if (event.key !== "Escape") return;
    // By default, Escape clears a search field.
    event.preventDefault();
    event.currentTarget.blur();
  };
  const followCaret = () => {
    const caret = input.current?.selectionStart ?? 0;
    setState((before) => (before.caret === caret ? before : { ...before, caret }));
  };
  const hasProblem = state.checked && (assistant ? !assistant.isQuery(state.text) : isInvalid);
  const assist = (part: ReactNode) => (
    <div className="absolute inset-x-0 top-full z-20 mt-1 max-sm:w-[calc(100vw-2rem)]">{part}</div>
  );
  return (
    <div className="relative min-w-48 flex-1 basis-48 sm:max-w-xl sm:basis-64">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" />
      <TextField
        ref={input}
        type="search"
        role="combobox"
        name="q"
        aria-label={label}
        aria-expanded={open !== null}
        aria-controls={open ? `${id}-list` : undefined}
        aria-activedescendant={open?.activeId}
        aria-autocomplete="list"
        aria-invalid={hasProblem || undefined}
        placeholder={`${label}…`}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={2_000}
        value={state.text}
        onChange={({ target }) => change(target.value, target.selectionStart ?? target.value.length)}
        onFocus={() => {
          load();
          setState((before) => ({ ...before, focused: true }));
        }}
        onBlur={() => {
          setState((before) => ({ ...before, focused: false, checked: true }));
          if (state.text.trim() === searched.current) assistant?.keepQuery(state.text);
        }}
        onSelect={followCaret}
        onKeyDown={handleKey}
        className="w-full pl-8"
      />
      {assistant &&
        assist(
          <assistant.QueryAssistant
            state={{ ...state, id }}
            list={list}
            onOpen={setOpen}
            facets={facets}
            onText={(text, caret) => {
              change(text, caret);
              input.current?.focus();
              requestAnimationFrame(() => input.current?.setSelectionRange(caret, caret));
            }}
          />,
        )}
    </div>
  );
}
