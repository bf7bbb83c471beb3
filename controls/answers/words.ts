/** What an assertion claims. Its limits follow in further sentences. */
export function firstSentence(assertion: string): string {
  return /^.*?\.(?= |$)/.exec(assertion)?.[0] ?? assertion;
}

/** What an assertion says that it does not claim; empty where it says nothing of that. */
export function limitsIn(assertion: string): string {
  return assertion.slice(firstSentence(assertion).length).trim();
}
