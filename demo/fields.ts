/** The same body without this field, wherever it stands in it; `null` where it stands nowhere. */
export function withoutField(body: string, name: string): string | null {
  if (!/^[<{[]/.test(body)) return null;
  const told = body.startsWith('<') ? fromXml(body, name) : fromJson(body, name);
  return told === body ? null : told;
}

function fromJson(body: string, name: string): string {
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, inner]) => (key === name ? [] : [[key, strip(inner)]])),
    );
  };
  return JSON.stringify(strip(JSON.parse(body)));
}

/** An element, or an entry of a map; in a credential report, which is a table inside an element, a column. */
function fromXml(body: string, name: string): string {
  const content = /(<Content>)([^<]+)(<\/Content>)/;
  const [, , coded = ''] = content.exec(body) ?? [];
  if (coded !== '') {
    const rows = Buffer.from(coded, 'base64')
      .toString()
      .split('\n')
      .map((row) => row.split(','));
    const at = rows[0]?.indexOf(name) ?? -1;
    if (at < 0) return body;
    const table = rows.map((row) => row.filter((_, n) => n !== at).join(',')).join('\n');
    return body.replace(content, `$1${Buffer.from(table).toString('base64')}$3`);
  }
  return body
    .replaceAll(new RegExp(`<${name}>[\\s\\S]*?</${name}>|<${name}/>`, 'g'), '')
    .replaceAll(new RegExp(`<entry>\\s*<key>${name}</key>[\\s\\S]*?</entry>`, 'g'), '');
}
