"use client";

import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { Choice } from "#app/_ui/field";
import type { DelimitedChoice, ReadLayout } from "#formats/delimited/bytes";
import { usualSeparator } from "#formats/files/file-kind";
import { formatCount } from "#formats/number";
import { delimitedParsers } from "../table/query/table-params";
import type { TableSource } from "../tabular/opened";
import { OpenedTableView, type TableFileProps } from "./opened-table-view";

const NOTHING_CHOSEN = { "csv-separator": "", "csv-header": "", "csv-quote": "", "csv-encoding": "" };

const NONE = "none";
const SEPARATORS = {
  ",": "Separator ,",
  ";": "Separator ;",
  "\t": "Separator tab",
  "|": "Separator |",
};
/** Quotes are not detected. */
const USUAL_QUOTE = '"';
const QUOTES = { '"': 'Quotes "', "'": "Quotes '", [NONE]: "No quotes" };
const ENCODINGS = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16 LE",
  "utf-16be": "UTF-16 BE",
  "windows-1252": "Windows-1252",
  "windows-1250": "Windows-1250",
  "windows-1251": "Windows-1251",
  "windows-1253": "Windows-1253",
  "windows-1255": "Windows-1255",
  "iso-8859-2": "ISO 8859-2",
  "koi8-r": "KOI8-R",
  shift_jis: "Shift JIS",
  "euc-jp": "EUC-JP",
  gb18030: "GB 18030",
  "euc-kr": "EUC-KR",
  big5: "Big5",
};
/** The lines that are offered as the header, besides the one that was found. */
const HEADERS = [1, 2, 3, 4, 5];

/** A CSV or TSV file as a table, with how it was read and choices to correct that. */
export function DelimitedFile({ artifact, file, url }: TableFileProps) {
  const [params, setParams] = useQueryStates(delimitedParsers);
  const chosen = params["table-file"] === file.path ? params : NOTHING_CHOSEN;
  const { "csv-separator": separator, "csv-header": header, "csv-quote": quote, "csv-encoding": encoding } = chosen;
  const source = useMemo((): TableSource => {
    const choice: DelimitedChoice = {
      separator: Object.hasOwn(SEPARATORS, separator) ? separator : undefined,
      header: header === NONE ? null : /^[1-9]\d{0,8}$/.test(header) ? Number(header) : undefined,
      quote: Object.hasOwn(QUOTES, quote) ? (quote === NONE ? null : quote) : undefined,
      encoding: Object.hasOwn(ENCODINGS, encoding) ? encoding : undefined,
      usual: usualSeparator(file.path),
    };
    const { size, sha256, path } = file;
    return { format: "delimited", url, size, sha256, isGzip: /\.gz$/i.test(path), choice, firstRow: 0 };
  }, [separator, header, quote, encoding, file, url]);
  return (
    <OpenedTableView
      artifact={artifact}
      file={file}
      source={source}
      head={({ layout }) =>
        layout && (
          <LayoutLine
            layout={layout}
            choice={source.choice}
            onChoose={(name, value) => setParams({ ...chosen, [`csv-${name}`]: value, "table-file": file.path })}
          />
        )
      }
    />
  );
}

const CHOICE = "min-w-0 max-sm:flex-[1_1_40%]";

function LayoutLine({
  layout,
  choice,
  onChoose,
}: {
  layout: ReadLayout;
  choice: DelimitedChoice;
  onChoose: (name: "separator" | "encoding" | "header" | "quote", value: string) => void;
}) {
  const { separator, encoding, header, quote } = layout;
  const lines = [...new Set(header === null ? HEADERS : [...HEADERS, header])].sort((a, b) => a - b);
  const headers = {
    ...Object.fromEntries(lines.map((line) => [`${line}`, `Header in line ${formatCount(line)}`])),
    [NONE]: "No header",
  };
  return (
    <div className="flex flex-wrap items-center gap-2 print:hidden">
      <p className="mr-1 text-faint text-sm max-sm:w-full">Read as</p>
      <Detected
        label="Separator"
        options={SEPARATORS}
        found={separator}
        isChosen={choice.separator !== undefined}
        onChoose={(value) => onChoose("separator", value)}
      />
      <Detected
        label="Encoding"
        options={ENCODINGS}
        found={encoding}
        isChosen={choice.encoding !== undefined}
        onChoose={(value) => onChoose("encoding", value)}
      />
      <Detected
        label="Header"
        options={headers}
        found={`${header ?? NONE}`}
        isChosen={choice.header !== undefined}
        onChoose={(value) => onChoose("header", value)}
      />
      <Choice
        aria-label="Quotes"
        value={quote ?? NONE}
        onChange={({ target }) => onChoose("quote", target.value === USUAL_QUOTE ? "" : target.value)}
        className={CHOICE}
      >
        {Object.entries(QUOTES).map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </Choice>
    </div>
  );
}

/** What was found, and a choice of something else. */
function Detected({
  label,
  options,
  found,
  isChosen,
  onChoose,
}: {
  label: string;
  options: Record<string, string>;
  found: string;
  isChosen: boolean;
  onChoose: (value: string) => void;
}) {
  const name = Object.hasOwn(options, found) ? options[found] : `${label}: ${found}`;
  return (
    <Choice
      aria-label={label}
      value={isChosen ? found : ""}
      onChange={({ target }) => onChoose(target.value)}
      className={CHOICE}
    >
      <option value="">{isChosen ? "Detect" : name}</option>
      {Object.entries(options).map(([value, text]) =>
        value === found && !isChosen ? null : (
          <option key={value} value={value}>
            {text}
          </option>
        ),
      )}
    </Choice>
  );
}
