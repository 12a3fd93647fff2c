import { fileOf } from "../artifacts/file-content";
import { dataText, NAMING, read, referenceOf } from "../artifacts/reference";
import { shown } from "../artifacts/show-output";
import { command } from "../runtime/command";

export const show = command({
  name: "show",
  summary: "Shows one version",
  synopsis: "<key[@version]|id>",
  takes: [1, 1],
  options: {
    raw: { type: "boolean", default: false, help: "the data alone, exactly as it is stored: JSON" },
    file: { type: "boolean", default: false, help: "the data as a file: text as it is, a picture's bytes, else JSON" },
  },
  help: `${NAMING} With --json the data keeps its text too: big integers, 1.0 and the order of members.`,
  async run({ words: [word = ""], values, connection, report }) {
    const named = referenceOf(word);
    if (values.raw) return report.raw(await dataText(connection, named));
    if (values.file) return report.raw(fileOf(await dataText(connection, named)));
    const { data: _, ...row } = await read(connection, named);
    const text = await dataText(connection, { id: row.id });
    if (report.json) return report.raw(`${JSON.stringify(row).slice(0, -1)},"data":${text}}\n`);
    await report.result(row, () => shown(row, text, report));
  },
});
