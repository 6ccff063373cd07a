import { blocksOf } from "@tracker/api/test-events";

/** What the tests publish in place of a change. */
export interface TestEvent {
  readonly number: number;
  /** When it was given to the bus, epoch milliseconds. */
  readonly at: number;
  readonly padding: string;
}

/** One reader of `/api/events`, which resumes where it was. */
export class EventLine {
  readonly delays: number[] = [];
  wasCut = false;
  /** Of the newest test event. */
  number = 0;
  wrong = 0;
  readonly #url: string;
  readonly #token: string;
  #last: number | undefined;
  #line: AbortController | undefined;
  #reading: Promise<void> = Promise.resolve();

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  get isOpen(): boolean {
    return this.#line !== undefined;
  }

  /** Resolves when the api has said that it is connected. */
  async open(): Promise<void> {
    const line = new AbortController();
    const headers = new Headers({ authorization: `Bearer ${this.#token}` });
    if (this.#last !== undefined) headers.set("last-event-id", String(this.#last));
    const response = await fetch(this.#url, { headers, signal: line.signal });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    this.#line = line;
    this.#reading = this.#read(response)
      .catch(() => {}) // An end is an end, however it comes.
      .finally(() => {
        if (this.#line === line) this.#line = undefined;
      });
  }

  async cut(): Promise<void> {
    this.wasCut = true;
    this.#line?.abort();
    await this.#reading;
  }

  async #read(response: Response): Promise<void> {
    for await (const block of blocksOf(response)) this.#take(block);
  }

  #take(block: string): void {
    const id = /^id: (\d+)$/m.exec(block)?.[1];
    if (id === undefined) return; // A comment.
    const sequence = Number(id);
    if (this.#last !== undefined && sequence !== this.#last + 1) this.wrong++;
    this.#last = sequence;
    const data = /^data: (.*)$/m.exec(block)?.[1] ?? "{}";
    const { number, at } = JSON.parse(data) as Partial<TestEvent>;
    if (number === undefined || at === undefined) return; // An event of the tracker's own.
    this.number = number;
    this.delays.push(Date.now() - at);
  }
}
