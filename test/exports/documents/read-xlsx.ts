import { unzipSync } from 'fflate';

interface ReadCell {
  readonly value: string;
  readonly type: string;
  readonly style: string;
}

export interface ReadSheet {
  readonly name: string;
  readonly xml: string;
  /** By row and column, both from 0. */
  readonly rows: readonly (readonly (ReadCell | undefined)[])[];
}

/** A reader of our sheets that shares nothing with what writes them. */
export function sheetsOf(bytes: Uint8Array): ReadSheet[] {
  const parts = unzipSync(bytes);
  const text = (name: string) => Buffer.from(parts[name]!).toString();
  const names = [...text('xl/workbook.xml').matchAll(/<sheet name="([^"]*)"/g)].map(([, name = '']) => name);
  return names.map((name, n) => {
    const xml = text(`xl/worksheets/sheet${n + 1}.xml`);
    const rows = [...xml.matchAll(/<row r="(\d+)"[^>]*>([\s\S]*?)<\/row>/g)].map(([, , row = '']) => {
      const cells: ReadCell[] = [];
      for (const [, column = '', more = '', inner = ''] of row.matchAll(
        /<c r="([A-Z]+)\d+"([^>]*)>([\s\S]*?)<\/c>/g,
      )) {
        const [, type = 'n'] = / t="(\w+)"/.exec(more) ?? [];
        const [, style = '0'] = / s="(\w+)"/.exec(more) ?? [];
        const [, said = ''] = /<(?:t|v)(?: [^>]*)?>([\s\S]*)<\/(?:t|v)>/.exec(inner) ?? [];
        cells[indexOf(column)] = { value: type === 'inlineStr' ? unescaped(said) : said, type, style };
      }
      return cells;
    });
    return { name, xml, rows };
  });
}

function indexOf(column: string): number {
  return Array.from(column).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
