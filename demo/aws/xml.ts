import type { Tree } from './wire.ts';

/** As AWS Query writes it: the elements of a list are called `member`, the entries of a map `entry`. */
export function xmlOfMembers(tree: Tree): string {
  if (typeof tree === 'string') return escape(tree);
  if (typeof tree !== 'object') return String(tree);
  if (Array.isArray(tree))
    return (tree as readonly Tree[]).map((each) => `<member>${xmlOfMembers(each)}</member>`).join('');
  if (tree instanceof Map)
    return [...(tree as ReadonlyMap<string, Tree>)]
      .map(([key, value]) => `<entry><key>${escape(key)}</key><value>${xmlOfMembers(value)}</value></entry>`)
      .join('');
  return Object.entries(tree)
    .map(([name, value]) => (value === undefined ? '' : `<${name}>${xmlOfMembers(value as Tree)}</${name}>`))
    .join('');
}

/** As EC2, RDS and S3 write it: an element that stands there several times is a list. */
export function xmlOfRepeats(tree: Tree): string {
  if (typeof tree === 'string') return escape(tree);
  if (typeof tree !== 'object') return String(tree);
  return Object.entries(tree)
    .flatMap(([name, value]) =>
      ((Array.isArray(value) ? value : [value]) as readonly (Tree | undefined)[]).map((each) =>
        each === undefined ? '' : `<${name}>${xmlOfRepeats(each)}</${name}>`,
      ),
    )
    .join('');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
