import { dataAsFile } from "../artifacts/file-content";
import { parseReference, REFERENCE_HELP, readDataText, readVersion } from "../artifacts/reference";
import { formatVersion } from "../artifacts/show-output";
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
  help: `${REFERENCE_HELP} With --json the data keeps its text too: big integers, 1.0 and the order of members.`,
  async run({ words: [word = ""], values, connection, report }) {
    const named = parseReference(word);
    if (values.raw) return report.raw(await readDataText(connection, named));
    if (values.file) return report.raw(dataAsFile(await readDataText(connection, named)));
    const { data: _, ...row } = await readVersion(connection, named);
    const text = await readDataText(connection, { id: row.id });
    if (report.json) return report.raw(`${JSON.stringify(row).slice(0, -1)},"data":${text}}\n`);
    await report.result(row, () => formatVersion(row, text, report));
  },
});
