import mermaid, { type MermaidConfig } from "mermaid";
import { MAX_DIAGRAM } from "../diagram/source";
import { respondTo } from "./program/respond";

/** In characters and in edges; what is larger takes a browser minutes. */
const LIMITS = { maxTextSize: MAX_DIAGRAM, maxEdges: 500 };

/** Fonts that an image has too, since text is measured here and drawn there. */
const FONT = "ui-sans-serif, system-ui, sans-serif";

const THEMES: Record<"light" | "dark", MermaidConfig["themeVariables"]> = {
  light: {
    darkMode: false,
    background: "#ffffff",
    primaryColor: "#e6f2f4",
    primaryBorderColor: "#0b6b7d",
    primaryTextColor: "#1b1b1a",
    secondaryColor: "#fcf3e1",
    tertiaryColor: "#f3f3f1",
    lineColor: "#565653",
    textColor: "#1b1b1a",
    edgeLabelBackground: "#fafaf9",
  },
  dark: {
    darkMode: true,
    background: "#0d0e0f",
    primaryColor: "#12282d",
    primaryBorderColor: "#5fc3d4",
    primaryTextColor: "#ededec",
    secondaryColor: "#2b2212",
    tertiaryColor: "#1b1d1e",
    lineColor: "#a9abac",
    textColor: "#ededec",
    edgeLabelBackground: "#0d0e0f",
  },
};

let count = 0;

respondTo(async ({ text, dark }: { text: string; dark: boolean }, root) => {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true,
    secure: ["secure", "securityLevel", "startOnLoad", "suppressErrorRendering", ...Object.keys(LIMITS)],
    ...LIMITS,
    theme: "base",
    themeVariables: { ...THEMES[dark ? "dark" : "light"], fontFamily: FONT, fontSize: "14px" },
    fontFamily: FONT,
    htmlLabels: false,
    flowchart: { htmlLabels: false },
    class: { htmlLabels: false },
  });
  count += 1;
  const { svg } = await mermaid.render(`diagram-${count}`, text, root);
  root.innerHTML = svg;
  const svgElement = root.querySelector("svg");
  if (!svgElement) throw new Error("Nothing was drawn.");
  const { width, height } = sizeOf(svgElement);
  svgElement.setAttribute("width", `${width}`);
  svgElement.setAttribute("height", `${height}`);
  svgElement.style.removeProperty("max-width");
  const image = new XMLSerializer().serializeToString(svgElement);
  root.replaceChildren();
  return { image, width, height };
});

function sizeOf(svg: SVGSVGElement): { width: number; height: number } {
  const { width, height } = svg.viewBox.baseVal;
  if (width > 0 && height > 0) return { width: Math.ceil(width), height: Math.ceil(height) };
  const box = svg.getBoundingClientRect();
  return { width: Math.ceil(box.width), height: Math.ceil(box.height) };
}
