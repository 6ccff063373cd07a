import {
  claimWebhookDeliveries,
  type DueDelivery,
  getGame,
  type Input,
  reportWebhookDelivery,
  ServiceError,
} from "@tracker/contracts";
import { type Log, wait } from "@tracker/service";
import type { Ask } from "./question.ts";
import { toPublic } from "./visibility.ts";
import { webhookMessage } from "./webhook-message.ts";
import { readWebhookSecret } from "./webhook-secret.ts";
import { type SendOptions, type SendResult, sendWebhook } from "./webhook-send.ts";

type Report = Omit<Input<typeof reportWebhookDelivery>, "id">;

export interface DelivererParts {
  readonly ask: Ask;
  readonly dataDir: string;
  readonly mayBePrivate: boolean;
  readonly log: Log;
}

/** Due deliveries are looked for at least this often, which bounds the delay of an event missed while the connection was away. */
const LOOK_MS_MAX = 30_000;
const TROUBLE_MS = 5_000;
const REPORT_ATTEMPTS = 5;

/**
 * Sends the deliveries that the store noted for webhooks. The store leases each delivery to one process, so several may run;
 * deliveries of a killed process are sent again under the same message id.
 */
export class WebhookDeliverer implements AsyncDisposable {
  readonly #parts: DelivererParts;
  readonly #stop = new AbortController();
  readonly #atHand = new Set<Promise<void>>();
  #bell = Promise.withResolvers<void>();
  #loop: Promise<void>;

  constructor(parts: DelivererParts) {
    this.#parts = parts;
    this.#loop = this.#run();
  }

  /** Called after an event: a delivery may be due. */
  ring(): void {
    this.#bell.resolve();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    this.ring();
    await this.#loop;
    await Promise.all(this.#atHand);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      this.#bell = Promise.withResolvers<void>();
      const restMs = await this.#deliverDue();
      const rested = new AbortController();
      await Promise.race([
        wait(restMs, AbortSignal.any([signal, rested.signal])),
        this.#bell.promise,
      ]);
      rested.abort();
    }
  }

  /** Begins what is due; answers how long to rest, milliseconds. */
  async #deliverDue(): Promise<number> {
    const { ask, log } = this.#parts;
    try {
      const { items, next_due_at: next } = await ask(claimWebhookDeliveries, {}, { attempts: 1 });
      for (const item of items) {
        const delivering = this.#deliver(item).finally(() => {
          this.#atHand.delete(delivering);
          this.ring();
        });
        this.#atHand.add(delivering);
      }
      if (next === null) return LOOK_MS_MAX;
      return Math.min(Math.max(Date.parse(next) - Date.now(), 0), LOOK_MS_MAX);
    } catch (error) {
      if (!(error instanceof ServiceError)) log.error("webhooks cannot be told", { error });
      return TROUBLE_MS;
    }
  }

  async #deliver(delivery: DueDelivery): Promise<void> {
    const { ask, log } = this.#parts;
    try {
      const report = await this.#tell(delivery);
      if (this.#stop.signal.aborted && report.outcome === "retry") return;
      await ask(
        reportWebhookDelivery,
        { id: delivery.id, ...report },
        { attempts: REPORT_ATTEMPTS },
      );
    } catch (error) {
      log.warn("what came of a webhook's delivery could not be noted: it is made again", { error });
    }
  }

  async #tell(delivery: DueDelivery): Promise<Report> {
    if (!(await this.#mayBeTold(delivery))) return skipped();
    const { dataDir, mayBePrivate } = this.#parts;
    const secret = readWebhookSecret(dataDir, delivery.key);
    if (secret === null) return failed("its address is missing here: set it again");
    const message = webhookMessage(delivery, secret, Date.now());
    const options: SendOptions = { mayBePrivate, signal: this.#stop.signal };
    return reportOf(await sendWebhook(message, options));
  }

  /** Discord and ntfy have other readers, so only games whose play is public are named there. */
  async #mayBeTold({ format, data }: DueDelivery): Promise<boolean> {
    const id = (data as { game_id?: number }).game_id;
    if (format === "standard" || id === undefined) return true;
    try {
      return toPublic(await this.#parts.ask(getGame, { id }))?.live === true;
    } catch (error) {
      if (error instanceof ServiceError && error.code === "NOT_FOUND") return false;
      throw error;
    }
  }
}

function skipped(): Report {
  const error = "not for others: the game is not public";
  return { outcome: "skipped", status: null, error, duration_ms: 0, retry_after_ms: null };
}

function failed(error: string): Report {
  return { outcome: "retry", status: null, error, duration_ms: 0, retry_after_ms: null };
}

function reportOf({ status, error, durationMs, retryAfterMs }: SendResult): Report {
  const outcome = error === null ? "delivered" : status === 410 ? "gone" : "retry";
  return { outcome, status, error, duration_ms: durationMs, retry_after_ms: retryAfterMs };
}
