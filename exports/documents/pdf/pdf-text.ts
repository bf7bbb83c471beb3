/** What each glyph of a font is, by the four digits that stand for it. */
type Glyphs = ReadonlyMap<string, string>;

/**
 * Everything that a PDF of ours says: what is on its pages, in the order in which it is read out, a line an element; and
 * what its structure, bookmarks and properties say besides. It reads the finished bytes and knows nothing of what they
 * were made from. Throws where it cannot read something, so that nothing goes unread.
 */
export function pdfText(bytes: Uint8Array): string {
  const objects = objectsOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  const fonts = new Map<string, Glyphs>();
  for (const { dictionary } of objects.values())
    for (const [, list = ''] of dictionary.matchAll(/\/Font <<([^>]*)>>/g))
      for (const [, name = '', id = ''] of list.matchAll(/\/(\w+) (\d+) 0 R/g))
        if (!fonts.has(name)) fonts.set(name, glyphsOf(objects, id));
  const said: string[] = [];
  for (const { dictionary, stream } of objects.values()) {
    said.push(...stringsIn(dictionary));
    if (/\/Type \/Metadata/.test(dictionary)) said.push(stream?.toString() ?? '');
    const [, content] = /\/Contents (\d+) 0 R/.exec(dictionary) ?? [];
    if (content !== undefined) said.push(...shownBy(streamOf(objects, content), fonts));
  }
  return said.join('\n');
}

interface PdfObject {
  readonly dictionary: string;
  readonly stream: Buffer | null;
}

/** The objects of the file, as its table at the end finds them. */
function objectsOf(bytes: Buffer): ReadonlyMap<string, PdfObject> {
  const end = bytes.toString('latin1', Math.max(0, bytes.length - 64));
  const [, start = ''] = /startxref\n(\d+)\n%%EOF\n$/.exec(end) ?? [];
  const table = bytes.toString('latin1', Number(start));
  if (!table.startsWith('xref\n')) throw new Error('a PDF does not say where its objects are');
  const objects = new Map<string, PdfObject>();
  for (const [n, [, offset = '']] of [...table.matchAll(/^(\d{10}) \d{5} n /gm)].entries()) {
    const at = Number(offset);
    const close = bytes.indexOf('\nendobj', at);
    const open = bytes.indexOf('\nstream\n', at);
    const hasStream = open >= 0 && open < close;
    const dictionary = bytes.toString('latin1', at, hasStream ? open : close);
    if (/\/Filter\b/.test(dictionary)) throw new Error('a PDF has a stream that cannot be read as it stands');
    const [, length = '0'] = /\/Length (\d+)/.exec(dictionary) ?? [];
    const stream = hasStream ? bytes.subarray(open + 8, open + 8 + Number(length)) : null;
    objects.set(String(n + 1), { dictionary, stream });
  }
  return objects;
}

function streamOf(objects: ReadonlyMap<string, PdfObject>, id: string): string {
  const stream = objects.get(id)?.stream;
  if (!stream) throw new Error('a PDF names a stream that is not there');
  return stream.toString('latin1');
}

function glyphsOf(objects: ReadonlyMap<string, PdfObject>, font: string): Glyphs {
  const [, id] = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font)?.dictionary ?? '') ?? [];
  if (id === undefined) throw new Error('a font of a PDF does not say what its glyphs are');
  const glyphs = new Map<string, string>();
  for (const [, first = '', list = ''] of streamOf(objects, id).matchAll(/<(\w{4})> <\w{4}> \[([^\]]*)\]/g))
    for (const [n, [, units = '']] of [...list.matchAll(/<([^>]*)>/g)].entries())
      glyphs.set(
        (Number.parseInt(first, 16) + n).toString(16).padStart(4, '0'),
        fromUtf16(Buffer.from(units.replaceAll(' ', ''), 'hex')),
      );
  return glyphs;
}

/** What a page shows: what is marked as one is one line. */
function shownBy(content: string, fonts: ReadonlyMap<string, Glyphs>): string[] {
  const lines: string[] = [];
  let line = '';
  let glyphs: Glyphs | undefined;
  for (const [operation, font, shown] of content.matchAll(/\/(\w+) \S+ Tf|\[([^\]]*)\] TJ|^EMC$/gm)) {
    if (operation === 'EMC') {
      lines.push(line);
      line = '';
    } else if (font !== undefined) glyphs = fonts.get(font);
    else
      for (const [, codes = ''] of (shown ?? '').matchAll(/<(\w*)>/g))
        for (const [code] of codes.matchAll(/\w{4}/g)) {
          const text = glyphs?.get(code);
          if (text === undefined) throw new Error('a PDF shows a glyph that its font does not explain');
          line += text;
        }
  }
  return [...lines, line];
}

/** The texts of a dictionary. */
function stringsIn(dictionary: string): string[] {
  return [...dictionary.matchAll(/\((?:\\[\s\S]|[^\\()])*\)/g)].map(([literal]) => {
    const bytes = Buffer.from(
      literal.slice(1, -1).replaceAll(/\\([\s\S])/g, (_, character: string) => {
        return { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[character] ?? character;
      }),
      'latin1',
    );
    return bytes[0] === 0xfe && bytes[1] === 0xff ? fromUtf16(bytes.subarray(2)) : bytes.toString('latin1');
  });
}

function fromUtf16(bigEndian: Buffer): string {
  return Buffer.from(bigEndian).swap16().toString('utf16le');
}
