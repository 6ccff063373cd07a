/** A number of places that are taken and given back, first come, first served. */
export class Slots {
  readonly count: number;
  #free: number;
  readonly #waiting: ((isMine: boolean) => void)[] = [];

  constructor(count: number) {
    this.count = count;
    this.#free = count;
  }

  /** A place, given back when it is disposed; null when the signal was aborted before there was one. */
  async take(signal: AbortSignal): Promise<Disposable | null> {
    if (signal.aborted) return null;
    if (this.#free > 0) this.#free -= 1;
    else if (!(await this.#turn(signal))) return null;
    return { [Symbol.dispose]: () => this.#giveBack() };
  }

  /** Waits until a slot is free; false when the signal was aborted first. */
  #turn(signal: AbortSignal): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const leave = () => {
      this.#waiting.splice(this.#waiting.indexOf(enter), 1);
      resolve(false);
    };
    const enter = () => {
      signal.removeEventListener("abort", leave);
      resolve(true);
    };
    this.#waiting.push(enter);
    signal.addEventListener("abort", leave, { once: true });
    return promise;
  }

  #giveBack(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next(true);
  }
}
