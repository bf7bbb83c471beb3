type Value = string | number | boolean | null;

/** RFC 4180 with a line feed. A cell that a spreadsheet would take for a formula gets an apostrophe before it; the JSON files hold what was. */
export function csv(header: readonly string[], rows: Iterable<readonly Value[]>): string {
  return [...csvLines(header, rows)].join('');
}

/** The same, line by line. */
export function* csvLines(header: readonly string[], rows: Iterable<readonly Value[]>): Iterable<string> {
  yield `${header.map(cell).join(',')}\r\n`;
  for (const row of rows) yield `${row.map(cell).join(',')}\r\n`;
}

/** Whether a spreadsheet would take a text for a formula. */
export function isFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text);
}

function cell(value: Value): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = isFormula(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
