import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, foldGutter, foldKeymap, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, linter, lintGutter } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { Annotation, EditorState } from "@codemirror/state";
import { EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { jsonProblem, positionText } from "#formats/json-problem";

export interface Editor {
  /** Replaces the text, unless it is the same. */
  setText(text: string): void;
  /** Focuses the editor with the cursor at an offset, in view. */
  reveal(at: number): void;
  destroy(): void;
}

/** Marks a change that came from outside and is not reported back. */
const external = Annotation.define<boolean>();

/** In milliseconds: errors are marked when the typing pauses. */
const LINT_DELAY = 300;

/** Creates a JSON editor in an element. @param options `label` names it; `onChange` gets the text after every edit */
export function createEditor(
  parent: HTMLElement,
  { label, value, onChange }: { label: string; value: string; onChange: (text: string) => void },
): Editor {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: value,
      extensions: [
        // The styles of the editor are elements that the page's policy must allow.
        EditorView.cspNonce.of(pageNonce()),
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
        EditorView.lineWrapping,
        theme,
        syntaxHighlighting(colours),
        json(),
        lineNumbers(),
        foldGutter(),
        history(),
        bracketMatching(),
        highlightActiveLine(),
        search({ top: true }),
        lintGutter(),
        linter(({ state }) => diagnosticsOf(state.doc.toString()), { delay: LINT_DELAY }),
        keymap.of([...editingKeys, ...historyKeymap, ...searchKeymap, ...foldKeymap]),
        EditorView.updateListener.of(({ docChanged, state, transactions }) => {
          if (docChanged && !transactions.some((each) => each.annotation(external))) onChange(state.doc.toString());
        }),
      ],
    }),
  });
  return {
    setText(text) {
      if (text === view.state.doc.toString()) return;
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        annotations: external.of(true),
      });
    },
    reveal(at) {
      view.dispatch({ selection: { anchor: Math.min(at, view.state.doc.length) }, scrollIntoView: true });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}

/** Ctrl+Enter saves the form. */
const editingKeys = defaultKeymap.filter(({ key }) => key !== "Mod-Enter");

function diagnosticsOf(text: string): Diagnostic[] {
  const problem = jsonProblem(text);
  if (problem === null) return [];
  const from = Math.min(problem.at ?? 0, text.length);
  const place = problem.at === null ? "" : `${positionText(text, problem.at)}: `;
  const message = place + problem.message;
  return [
    {
      from,
      to: Math.min(from + 1, text.length),
      severity: "error",
      message: message.charAt(0).toUpperCase() + message.slice(1),
    },
  ];
}

function pageNonce(): string {
  return document.querySelector<HTMLElement>("script[nonce]")?.nonce ?? "";
}

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--accent)" },
  { tag: tags.string, color: "var(--good)" },
  { tag: [tags.number, tags.bool], color: "var(--warn)" },
  { tag: [tags.null, tags.punctuation], color: "var(--faint)" },
]);

const theme = EditorView.theme({
  "&": {
    color: "var(--ink)",
    backgroundColor: "var(--surface)",
    border: "1px solid var(--edge)",
    borderRadius: "6px",
    fontSize: "13px",
    overflow: "hidden",
  },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "2px" },
  ".cm-scroller": {
    fontFamily: "var(--font-mono-extended), var(--font-mono-cyrillic), var(--font-mono-latin), ui-monospace, monospace",
    lineHeight: "20px",
    minHeight: "10rem",
    maxHeight: "60vh",
  },
  ".cm-content": { caretColor: "var(--ink)", padding: "8px 0", minHeight: "10rem" },
  ".cm-content:focus-visible": { outline: "none" },
  ".cm-gutters": { backgroundColor: "var(--canvas)", color: "var(--faint)", borderRight: "1px solid var(--line)" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "2.5rem" },
  ".cm-foldGutter .cm-gutterElement": { cursor: "pointer" },
  ".cm-activeLine": { backgroundColor: "var(--hover)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--wash)", outline: "1px solid var(--accent)" },
  ".cm-foldPlaceholder": { backgroundColor: "var(--hover)", border: "1px solid var(--edge)", color: "var(--soft)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    backgroundColor: "var(--danger-wash)",
    textDecoration: "underline wavy var(--danger)",
  },
  ".cm-lintPoint-error::after": { borderBottomColor: "var(--danger)" },
  ".cm-tooltip": {
    backgroundColor: "var(--surface)",
    border: "1px solid var(--edge)",
    borderRadius: "6px",
    color: "var(--ink)",
  },
  ".cm-diagnostic-error": { borderLeftColor: "var(--danger)", padding: "4px 8px" },
  ".cm-panels": { backgroundColor: "var(--canvas)", color: "var(--ink)" },
  ".cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panel.cm-search": { padding: "8px" },
  ".cm-panel.cm-search [name=close]": { color: "var(--soft)", width: "24px", height: "24px" },
  ".cm-textfield": {
    backgroundColor: "var(--surface)",
    border: "1px solid var(--edge)",
    borderRadius: "6px",
    color: "var(--ink)",
    height: "26px",
    fontSize: "13px",
  },
  ".cm-button": {
    backgroundImage: "none",
    backgroundColor: "var(--surface)",
    border: "1px solid var(--edge)",
    borderRadius: "6px",
    color: "var(--ink)",
    height: "26px",
    fontSize: "13px",
  },
  ".cm-button::first-letter": { textTransform: "uppercase" },
  ".cm-panel.cm-search label": { fontSize: "13px" },
  ".cm-searchMatch": { backgroundColor: "var(--warn-wash)", outline: "1px solid var(--warn)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--wash)", outline: "1px solid var(--accent)" },
});
