import type { Citation } from '../evidence-model/subject.ts';

/** From so many places on they are looked up instead of gone through. */
const few = 16;

/** The places that a finding rests on, each once, in the order in which they were looked at. */
export class Places {
  readonly all: Citation[] = [];
  /** Made when there are many: most findings rest on a handful of places, and there are as many findings as people. */
  #known: Set<string> | null = null;

  note(citation: Citation): void {
    if (this.all.length < few) {
      if (this.all.some((each) => isSame(each, citation))) return;
    } else {
      this.#known ??= new Set(this.all.map(keyOf));
      const key = keyOf(citation);
      if (this.#known.has(key)) return;
      this.#known.add(key);
    }
    this.all.push(citation);
  }
}

function isSame(a: Citation, b: Citation): boolean {
  return a.pointer === b.pointer && a.artifact === b.artifact && a.dataset === b.dataset;
}

function keyOf({ dataset, artifact, pointer }: Citation): string {
  return `${dataset} ${artifact} ${pointer}`;
}
