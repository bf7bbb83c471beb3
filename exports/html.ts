import { withoutMarks } from './marks.ts';

/** Text that is safe between tags and in quoted attributes. Control and direction marks are shown, not obeyed. */
export function escape(text: string): string {
  return withoutMarks(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A tagged template in which every value is escaped, but for what `raw` marks as made here. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Raw | readonly Raw[])[]
): Raw {
  let text = parts[0] ?? '';
  for (const [n, value] of values.entries()) text += render(value) + (parts[n + 1] ?? '');
  return { raw: text };
}

export interface Raw {
  readonly raw: string;
}

function render(value: string | number | Raw | readonly Raw[]): string {
  if (typeof value === 'string') return escape(value);
  if (typeof value === 'number') return String(value);
  return 'raw' in value ? value.raw : value.map(({ raw }) => raw).join('');
}
