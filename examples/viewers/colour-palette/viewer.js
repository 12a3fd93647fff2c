import { coloursOf } from "./colours.js";

const root = document.getElementById("root");

addEventListener("message", ({ source, data }) => {
  if (source !== parent || data?.type !== "show") return;
  try {
    show(coloursOf(data.bytes ? new TextDecoder().decode(data.bytes) : data.data), data.theme);
  } catch (error) {
    send({ type: "error", message: error.message });
  }
});

function show(colours, theme) {
  document.documentElement.style.colorScheme = theme;
  root.style.cssText = "display:grid;gap:12px;grid-template-columns:repeat(auto-fill,minmax(120px,1fr));padding:2px";
  root.replaceChildren(
    ...colours.map(({ name, colour }) => {
      const swatch = document.createElement("figure");
      swatch.style.cssText = "margin:0;font:13px/1.5 ui-sans-serif,system-ui,sans-serif;color:CanvasText";
      const area = document.createElement("div");
      area.style.cssText =
        "height:72px;border-radius:8px;border:1px solid color-mix(in srgb,CanvasText 15%,transparent)";
      area.style.background = colour;
      const caption = document.createElement("figcaption");
      caption.textContent = name ? `${name} ${colour}` : colour;
      swatch.append(area, caption);
      return swatch;
    }),
  );
  send({ type: "height", height: root.scrollHeight });
}

function send(message) {
  parent.postMessage(message, "*");
}

new ResizeObserver(() => send({ type: "height", height: root.scrollHeight })).observe(root);
send({ type: "ready" });
