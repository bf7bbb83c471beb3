/** A moment as people write it: `2026-05-04 02:31:00 UTC`. */
export function moment(time: string): string {
  return time.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');
}
