/** What an assertion claims. Its limits follow in further sentences, and are told beside it. */
export function firstSentence(assertion: string): string {
  return /^.*?\.(?= |$)/.exec(assertion)?.[0] ?? assertion;
}
