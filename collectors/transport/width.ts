/** How many may be under way at once. `take` waits until there is room; what it gives must be called once, to leave. */
export class Width {
  readonly #width: number;
  readonly #waiting: (() => void)[] = [];
  #under = 0;

  constructor(width: number) {
    this.#width = width;
  }

  async take(): Promise<() => void> {
    if (this.#under >= this.#width) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#under += 1;
    return () => {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#under -= 1;
    };
  }
}
