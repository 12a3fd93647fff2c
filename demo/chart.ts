const WIDTH = 720;
const HEIGHT = 320;
const LEFT = 56;
const BOTTOM = 36;
const TOP = 44;

export interface Series {
  name: string;
  values: number[];
  color: string;
}

/** A line chart as an SVG data URL. */
export function lineChart(title: string, labels: string[], series: Series[]): string {
  const all = series.flatMap(({ values }) => values);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const y = (value: number) => TOP + ((high - value) / (high - low || 1)) * (HEIGHT - TOP - BOTTOM);
  const lines = series.map(({ values, color }) => {
    const x = (i: number) => LEFT + (i / Math.max(1, values.length - 1)) * (WIDTH - LEFT - 16);
    const points = values.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
    return `<polyline points="${points}" fill="none" stroke="${color}" stroke-width="2" stroke-linejoin="round"/>`;
  });
  const legend = series.map(({ name, color }, i) => {
    const x = WIDTH - 16 - (series.length - i) * 110;
    return `<circle cx="${x}" cy="22" r="4" fill="${color}"/>${textElement(x + 10, 26, name)}`;
  });
  return frame(title, [...grid(low, high, y), ...lines, ...axis(labels), ...(series.length > 1 ? legend : [])]);
}

/** A bar chart as an SVG data URL. */
export function barChart(title: string, bars: { label: string; value: number }[], color: string): string {
  const high = Math.max(...bars.map(({ value }) => value), 1);
  const y = (value: number) => TOP + (1 - value / high) * (HEIGHT - TOP - BOTTOM);
  const slotWidth = (WIDTH - LEFT - 16) / bars.length;
  const shapes = bars.map(({ value }, i) => {
    const [x, top] = [LEFT + i * slotWidth + slotWidth * 0.15, y(value)];
    const height = HEIGHT - BOTTOM - top;
    return `<rect x="${x.toFixed(1)}" y="${top.toFixed(1)}" width="${(slotWidth * 0.7).toFixed(1)}" height="${height.toFixed(1)}" rx="2" fill="${color}"/>`;
  });
  const names = bars.map(({ label }, i) =>
    textElement(LEFT + (i + 0.5) * slotWidth, HEIGHT - 14, short(label), "middle"),
  );
  return frame(title, [...grid(0, high, y), ...shapes, ...names]);
}

function short(label: string): string {
  return label.length > 15 ? `${label.slice(0, 14).trimEnd()}…` : label;
}

function grid(low: number, high: number, y: (value: number) => number): string[] {
  return [low, (low + high) / 2, high].map((value) => {
    const at = y(value).toFixed(1);
    const figure = Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en-US") : value.toFixed(1);
    return `<path d="M${LEFT} ${at}H${WIDTH - 16}" stroke="#d4d4d8"/>${textElement(LEFT - 8, Number(at) + 4, figure, "end")}`;
  });
}

function axis(labels: string[]): string[] {
  const step = Math.max(1, Math.ceil(labels.length / 8));
  return labels.flatMap((label, i) => {
    if (i % step) return [];
    return [
      textElement(LEFT + (i / Math.max(1, labels.length - 1)) * (WIDTH - LEFT - 16), HEIGHT - 14, label, "middle"),
    ];
  });
}

function textElement(x: number, y: number, text: string, anchor = "start"): string {
  const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="#52525b">${safe}</text>`;
}

function frame(title: string, parts: string[]): string {
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="12">`;
  const head = `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/><g font-size="14" font-weight="600">${textElement(LEFT, 26, title)}</g>`;
  return `data:image/svg+xml;base64,${Buffer.from(`${open}${head}${parts.join("")}</svg>`).toString("base64")}`;
}
