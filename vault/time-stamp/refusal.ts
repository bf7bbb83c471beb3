/** Why a time stamp does not count, in words for people: it goes on from «the time stamp». */
export class Refusal extends Error {
  override readonly name: string = 'Refusal';
}

/** Everything about it holds, but nobody here vouches for whoever signed. */
export class Unvouched extends Refusal {
  override readonly name = 'Unvouched';
  constructor() {
    super('does not lead to an authority that is trusted');
  }
}

export function expect(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Refusal(otherwise);
}
