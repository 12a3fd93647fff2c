import { isFileType } from "#contract/file-type";
import {
  AS_OF,
  parseAsOf,
  parseReference,
  REFERENCE_HELP,
  readDataText,
  readFile,
  readVersion,
} from "../artifacts/reference";
import { formatVersion } from "../artifacts/show-output";
import { dataAsFile } from "../files/file-content";
import { command } from "../runtime/command";
import { readBody } from "../runtime/connection";

export const show = command({
  name: "show",
  summary: "Show a version",
  synopsis: "<key[@version]|id>",
  argCount: [1, 1],
  complete: ["key"],
  options: {
    raw: { type: "boolean", default: false, help: "Print only the data: its exact JSON text" },
    file: {
      type: "boolean",
      default: false,
      help: "Print only the data as a file: text, bytes, a folder as ZIP, or else JSON",
    },
    path: { type: "string", value: "PATH", help: "Print the file at this path of a folder" },
    "as-of": AS_OF,
  },
  details: `${REFERENCE_HELP}\n--json prints the exact JSON text of the data too.`,
  async run({ args: [arg = ""], values, connection, output }) {
    const reference = parseReference(arg);
    const asOf = await parseAsOf(values["as-of"], connection, output);
    if (values.raw) return output.raw(await readDataText(connection, reference, asOf));
    if (values.file || values.path !== undefined) {
      const { id, type } = await readVersion(connection, reference, asOf);
      if (!isFileType(type)) return output.raw(dataAsFile(await readDataText(connection, { id }, asOf)));
      for await (const chunk of readBody(await readFile(connection, id, values.path))) await output.raw(chunk);
      return;
    }
    const { data: _, ...row } = await readVersion(connection, reference, asOf);
    const text = await readDataText(connection, { id: row.id }, asOf);
    if (output.json) return output.raw(`${JSON.stringify(row).slice(0, -1)},"data":${text}}\n`);
    await output.result(row, () => formatVersion(row, text, output));
  },
});
