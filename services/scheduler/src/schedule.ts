import type { JobKind } from "@tracker/contracts";
import { Cron } from "croner";

/** What a schedule starts. */
export interface ScheduledJob {
  readonly kind: JobKind;
  /** Default: the kind's own defaults. */
  readonly arguments?: Readonly<Record<string, unknown>>;
}

/** The longest expression that is looked at; the widest sensible one has about 200 characters. */
const EXPRESSION_MAX = 1_000;
/** Croner counts in whole seconds. */
const SECOND_MS = 1_000;

/**
 * When a job is due: a cron expression in a zone. Only croner's arithmetic is used, not its timers: those remember nothing
 * over a restart, collapse what an asleep machine missed, and let an error in a callback end the process.
 * An hour that clocks skip runs at the first instant after it, one that comes twice runs once.
 */
export class Schedule {
  readonly name: string;
  readonly expression: string;
  readonly job: ScheduledJob;
  readonly #cron: Cron;

  private constructor(name: string, job: ScheduledJob, expression: string, cron: Cron) {
    this.name = name;
    this.expression = expression;
    this.job = job;
    this.#cron = cron;
  }

  /** Null when the expression cannot be read, or is of a date that never comes. */
  static parse(
    name: string,
    job: ScheduledJob,
    expression: string,
    timeZone: string,
  ): Schedule | null {
    if (expression.length > EXPRESSION_MAX) return null;
    try {
      const cron = new Cron(expression, { timezone: timeZone, paused: true, mode: "5-part" });
      return cron.nextRun() === null ? null : new Schedule(name, job, expression, cron);
    } catch {
      return null;
    }
  }

  /** The newest instant up to `at`, inclusive, at which it was due; null when there is none. All in epoch milliseconds. */
  newestDue(at: number): number | null {
    const runs = this.#cron.previousRuns(2, new Date(at + SECOND_MS));
    return runs.map((run) => run.getTime()).find((due) => due <= at) ?? null;
  }

  /** The first instant after `at` at which it is due; null when there is none. */
  nextDue(at: number): number | null {
    return this.#cron.nextRun(new Date(at))?.getTime() ?? null;
  }
}
