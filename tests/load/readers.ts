/** Readers of `/api/events` as a process of their own, so that the api's time and memory are not theirs. Told over IPC what to do. */
import { EventLine } from "./event-line.ts";
import { spreadOf, type Spread } from "./spread.ts";

/** What the process is told; each is answered by a report. */
export type ReaderOrder =
  | { readonly do: "open"; readonly url: string; readonly token: string; readonly readers: number }
  /** So many of the readers lose their line, and remember the last event that they had. */
  | { readonly do: "cut"; readonly readers: number }
  /** Those come back with Last-Event-ID. */
  | { readonly do: "return" }
  | { readonly do: "look" };

export interface ReaderReport {
  /** Lines that are open. */
  readonly open: number;
  /** Of the readers with a line, the number of the newest test event that all of them have. */
  readonly reached: number;
  /** Events that did not follow the one before: missing, out of order, or there twice. */
  readonly wrong: number;
  /** From before a test event is published to a reader's having parsed it; of the readers that were never cut off. */
  readonly delay: Spread;
}

const OPENED_AT_ONCE = 50;

class Readers {
  readonly #lines: EventLine[] = [];

  async open(url: string, token: string, readers: number): Promise<void> {
    const lines = Array.from({ length: readers }, () => new EventLine(url, token));
    for (let index = 0; index < readers; index += OPENED_AT_ONCE) {
      await Promise.all(lines.slice(index, index + OPENED_AT_ONCE).map((line) => line.open()));
    }
    this.#lines.push(...lines);
  }

  async cut(readers: number): Promise<void> {
    await Promise.all(this.#lines.slice(0, readers).map((line) => line.cut()));
  }

  async comeBack(): Promise<void> {
    await Promise.all(this.#lines.filter(({ isOpen }) => !isOpen).map((line) => line.open()));
  }

  report(): ReaderReport {
    const open = this.#lines.filter(({ isOpen }) => isOpen);
    return {
      open: open.length,
      reached: Math.min(...open.map(({ number }) => number)),
      wrong: this.#lines.reduce((sum, { wrong }) => sum + wrong, 0),
      delay: spreadOf(this.#lines.filter(({ wasCut }) => !wasCut).flatMap(({ delays }) => delays)),
    };
  }
}

async function obey(readers: Readers, order: ReaderOrder): Promise<ReaderReport> {
  if (order.do === "open") await readers.open(order.url, order.token, order.readers);
  else if (order.do === "cut") await readers.cut(order.readers);
  else if (order.do === "return") await readers.comeBack();
  return readers.report();
}

if (import.meta.main) {
  const readers = new Readers();
  process.on("message", (order: ReaderOrder) => {
    void obey(readers, order).then((report) => process.send?.(report));
  });
}
