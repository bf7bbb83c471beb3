/** Whole days that have passed between two ISO times; a part of a day counts as one, so that no limit is stretched. */
export function daysBetween(from: string, to: string): number {
  return Math.ceil((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
