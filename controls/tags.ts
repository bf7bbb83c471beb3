/**
 * The tags of a text such as `v=DKIM1; p=…`, in their order, and their values without the space around them; `null` where
 * a part is no tag. Only behind the last one nothing may stand. https://www.rfc-editor.org/rfc/rfc6376#section-3.2
 */
export function tagsIn(text: string): readonly (readonly [name: string, value: string])[] | null {
  const parts = text.split(';');
  if (parts.at(-1)?.trim() === '') parts.pop();
  const tags = parts.map((part) => {
    const [, name, value = ''] = /^\s*([A-Za-z][A-Za-z0-9_]*)\s*=(.*)$/s.exec(part) ?? [];
    return name === undefined ? null : ([name, value.trim()] as const);
  });
  const found = tags.filter((tag) => tag !== null);
  return found.length === tags.length ? found : null;
}
