const { months } = globalThis;
const sum = (rows) => Math.round(rows.reduce((total, { rain }) => total + rain, 0));
const years = [...new Set(months.map(({ month }) => month.slice(0, 4)))];
const ofYear = (year) => months.filter(({ month }) => month.startsWith(year));
const nameOf = (month) => new Date(`${month}-01T00:00Z`).toLocaleDateString("en", { month: "short", timeZone: "UTC" });
const wettest = months.toSorted((one, other) => other.rain - one.rain);

const figures = [
  [`${sum(months).toLocaleString("en")} mm`, `of rain in ${years.length} years`],
  [`${wettest[0].rain} mm`, `in ${wettest[0].month}, the wettest month`],
  [`${Math.max(...months.map(({ warmest }) => warmest))} °C`, "highest mean maximum"],
];
for (const [value, label] of figures) {
  const tile = document.createElement("div");
  const strong = document.createElement("strong");
  strong.textContent = value;
  tile.append(strong, label);
  document.getElementById("figures").append(tile);
}

for (const { month, rain, warmest } of wettest.slice(0, 6)) {
  const row = document.getElementById("wettest").insertRow();
  for (const text of [month, `${rain} mm`, `${warmest} °C`]) row.insertCell().textContent = text;
}

function draw(year) {
  const most = wettest[0].rain;
  const bars = ofYear(year).map(({ month, rain }, at) => {
    const height = (rain / most) * 150;
    return `<rect x="${at * 50 + 8}" y="${160 - height}" width="34" height="${height}" rx="3"><title>${rain} mm</title></rect>
      <text x="${at * 50 + 25}" y="178">${nameOf(month)}</text>`;
  });
  document.getElementById("chart").innerHTML =
    `<svg viewBox="0 0 600 184" role="img" aria-label="Rain in ${year}">${bars.join("")}</svg>`;
}

const select = document.getElementById("year");
for (const year of years) select.add(new Option(year));
select.value = years.at(-1);
select.addEventListener("change", () => draw(select.value));
draw(select.value);
