import { type Bus, encode, publish } from "@tracker/bus";
import type { TestEvent } from "./event-line.ts";

/** More than what the sockets of both sides hold. */
const BACKLOG_EVENTS = 400;
const BACKLOG_EVENT_BYTES = 50_000;
export const BACKLOG_BYTES = BACKLOG_EVENTS * BACKLOG_EVENT_BYTES;
/** About as long as a real change. */
const PADDING = "x".repeat(300);

/** Publishes events as the store does. */
export class Publisher {
  published = 0;
  readonly #bus: Bus;

  constructor(bus: Bus) {
    this.#bus = bus;
  }

  /** What only who comes late is sent. */
  async publishBacklog(): Promise<void> {
    const event = { padding: "x".repeat(BACKLOG_EVENT_BYTES) };
    for (let left = BACKLOG_EVENTS; left > 0; left--) await this.#say(event);
  }

  async publish(): Promise<void> {
    const number = this.published + 1;
    const event: TestEvent = { number, at: Date.now(), padding: PADDING };
    await this.#say(event);
    this.published = number;
  }

  #say(event: object): Promise<void> {
    return publish(this.#bus, "events.game.changed", encode(event), crypto.randomUUID());
  }
}
