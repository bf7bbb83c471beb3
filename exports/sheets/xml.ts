import { OperatorError } from '../../evidence-model/operator-error.ts';

/** What stands in an XML text, one after another. Names are without their prefix. */
export type XmlEvent =
  | { readonly type: 'open'; readonly name: string; readonly attributes: ReadonlyMap<string, string> }
  | { readonly type: 'close'; readonly name: string }
  | { readonly type: 'text'; readonly text: string };

const name = String.raw`[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?`;
const attribute = String.raw`\s+${name}\s*=\s*(?:"[^"<]*"|'[^'<]*')`;
const tokens = [
  String.raw`(?<open><(?<opened>${name})(?<attributes>(?:${attribute})*)\s*(?<empty>/?)>)`,
  String.raw`</(?<closed>${name})\s*>`,
  String.raw`(?<text>[^<]+)`,
  String.raw`<!\[CDATA\[(?<data>[\s\S]*?)\]\]>`,
  String.raw`<!--[\s\S]*?-->`,
  String.raw`<\?xml\s[^<>]*\?>`,
];
const token = () => new RegExp(tokens.join('|'), 'y');

/** More levels than any sheet has. */
const deepest = 64;

/**
 * Reads as much of XML as sheets are made of, and refuses the rest: no types of documents, so no entities but the five
 * that every reader knows, no instructions, nothing that is not closed. It asks nobody for anything.
 */
export function* xmlEvents(text: string): Iterable<XmlEvent> {
  const pattern = token();
  const open: string[] = [];
  let any = false;
  for (let at = 0; at < text.length; at = pattern.lastIndex) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.groups;
    if (!found)
      throw refused(text.startsWith('<!', at) ? 'it declares a type of document' : 'a tag is broken');
    const { opened, closed, attributes = '', empty, text: plain, data } = found;
    if (opened !== undefined) {
      if (open.length === 0 && any) throw refused('it has two roots');
      any = true;
      yield { type: 'open', name: local(opened), attributes: attributesIn(attributes) };
      if (empty === '/') yield { type: 'close', name: local(opened) };
      else if (open.push(opened) > deepest) throw refused('its tags are too deep');
    } else if (closed !== undefined) {
      if (open.pop() !== closed) throw refused('a tag is closed that is not open');
      yield { type: 'close', name: local(closed) };
    } else if (data !== undefined || (plain !== undefined && open.length > 0))
      yield { type: 'text', text: data ?? unescaped(plain ?? '') };
    else if (plain !== undefined && plain.trim() !== '') throw refused('text stands outside of its root');
  }
  if (open.length > 0 || !any) throw refused('it is cut off');
}

function attributesIn(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, key = '', double, single] of text.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    found.set(key, unescaped(double ?? single ?? ''));
  return found;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&([^;&]{0,10});?/g, (whole, entity: string) => {
    const [, hex, decimal] = /^#(?:x([0-9A-Fa-f]{1,6})|(\d{1,7}))$/.exec(entity) ?? [];
    const code = hex === undefined ? Number(decimal ?? NaN) : Number.parseInt(hex, 16);
    if (whole.endsWith(';') && code > 0 && code <= 0x10ffff) return String.fromCodePoint(code);
    const known = whole.endsWith(';') && Object.hasOwn(entities, entity) ? entities[entity] : undefined;
    if (known === undefined) throw refused('it uses an entity that is none of the usual five');
    return known;
  });
}

const local = (called: string) => called.slice(called.indexOf(':') + 1);

function refused(why: string): OperatorError {
  return new OperatorError(`the sheet is not read, because its XML is not what a sheet is made of: ${why}`);
}
