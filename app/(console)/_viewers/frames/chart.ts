import embed, { type Mode, type Result, vega } from "vega-embed";
import { expressionInterpreter } from "vega-interpreter";
import type { Config, TopLevelSpec } from "vega-lite";
import { notifyPage, respondTo } from "./program/respond";

interface ChartRequest {
  spec: TopLevelSpec;
  mode: Mode;
  dark: boolean;
}

const FONT = "ui-sans-serif, system-ui, sans-serif";

let shown: Result | null = null;

respondTo(async ({ spec, mode, dark }: ChartRequest, root) => {
  const blocked = new Set<string>();
  const loader = vega.loader();
  const refuse = (address: string) => {
    blocked.add(address.slice(0, 200));
    return Promise.reject(new Error(`${address.slice(0, 200)} is not loaded.`));
  };
  document.documentElement.style.colorScheme = dark ? "dark" : "light";
  shown?.finalize();
  // Options within the data would precede these.
  shown = await embed(
    root,
    { ...spec, usermeta: undefined },
    {
      mode,
      // Expressions are interpreted: the policy of the frame runs no code from text.
      ast: true,
      expr: expressionInterpreter,
      actions: false,
      renderer: "svg",
      loader: { ...loader, load: refuse, http: refuse, file: refuse, sanitize: refuse },
      config: configOf(dark),
      tooltip: { theme: dark ? "dark" : "light" },
    },
  );
  const image = await shown.view.toSVG();
  return { height: Math.ceil(root.getBoundingClientRect().height), blocked: [...blocked], image };
});

new ResizeObserver(([entry]) => {
  if (entry && shown) notifyPage({ height: Math.ceil(entry.contentRect.height) });
}).observe(document.getElementById("root") ?? document.body);

/** The look of the page: its ink, lines and colours, on no background. */
function configOf(dark: boolean): Config {
  const [ink, soft, line] = dark ? ["#ededec", "#a9abac", "#36393b"] : ["#1b1b1a", "#565653", "#e8e7e4"];
  const text = { labelColor: soft, titleColor: ink, labelFont: FONT, titleFont: FONT, titleFontWeight: 500 } as const;
  return {
    background: "transparent",
    font: FONT,
    view: { stroke: "transparent" },
    title: { color: ink, font: FONT, fontWeight: 600, anchor: "start" },
    axis: { ...text, gridColor: line, domainColor: soft, tickColor: soft },
    legend: text,
    header: text,
    text: { color: ink },
    mark: { color: dark ? "#5fc3d4" : "#0b6b7d" },
    range: {
      category: dark
        ? ["#5fc3d4", "#e3b15c", "#f2857b", "#6cc794", "#b79cf0", "#e892c4", "#a9abac"]
        : ["#0b6b7d", "#b7791f", "#b42318", "#1b7042", "#6b46c1", "#a8327b", "#565653"],
    },
  };
}
