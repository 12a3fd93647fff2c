import Plotly from "plotly.js-cartesian-dist-min";
import type { Figure } from "../chart/figure";
import { notifyPage, respondTo } from "./program/respond";

/** In pixels, where the figure has none. */
const HEIGHT = 450;

const blocked = new Set<string>();
addEventListener("securitypolicyviolation", ({ blockedURI }) => {
  blocked.add(blockedURI.slice(0, 200));
  notifyPage({ blocked: [...blocked] });
});

respondTo(async ({ figure, dark }: { figure: Figure; dark: boolean }, root) => {
  document.documentElement.style.colorScheme = dark ? "dark" : "light";
  const known = Plotly.PlotSchema.get().traces;
  const types = new Set(figure.data.map(({ type = "scatter" }) => String(type)));
  const unknown = [...types].filter((type) => !Object.hasOwn(known, type));
  if (unknown.length > 0) {
    throw new Error(
      `Traces of the type ${unknown.join(", ").slice(0, 200)} aren't supported; ${Object.keys(known).join(", ")} are.`,
    );
  }
  const { width, height, ...layout } = figure.layout;
  const fitting = Number(width) <= innerWidth ? { width } : {};
  const size = Number(height) > 0 ? Number(height) : HEIGHT;
  await Plotly.react(root, {
    data: figure.data,
    layout: { autosize: true, ...styleOf(dark), ...layout, ...fitting, height: size },
    frames: figure.frames,
    config: { responsive: true, displaylogo: false, modeBarButtonsToRemove: ["toImage", "sendDataToCloud"] },
  });
  // Last, as it draws the figure again: for paper.
  setTimeout(
    () => Plotly.toImage(root, { format: "svg", imageDataOnly: true }).then((image) => notifyPage({ image })),
    0,
  );
  return { height: size, blocked: [...blocked] };
});

/** The look of the page for what the figure leaves open; one with a template of its own has all colours. */
function styleOf(dark: boolean): object {
  const [ink, line] = dark ? ["#ededec", "#36393b"] : ["#1b1b1a", "#e8e7e4"];
  const axis = { gridcolor: line, zerolinecolor: line, linecolor: line };
  return {
    template: {
      layout: {
        paper_bgcolor: "rgba(0,0,0,0)",
        plot_bgcolor: "rgba(0,0,0,0)",
        font: { color: ink, family: "ui-sans-serif, system-ui, sans-serif" },
        colorway: dark
          ? ["#5fc3d4", "#e3b15c", "#f2857b", "#6cc794", "#b79cf0", "#e892c4", "#a9abac"]
          : ["#0b6b7d", "#b7791f", "#b42318", "#1b7042", "#6b46c1", "#a8327b", "#565653"],
        xaxis: axis,
        yaxis: axis,
      },
    },
  };
}
