import {
  ERROR_CODES,
  getServiceHealth,
  type Input,
  OPERATOR,
  type Output,
  type Request,
  ServiceError,
} from "@tracker/contracts";
import type { ServiceMsg } from "nats";
import { decode, encode } from "./codec.ts";
import type { Bus } from "./connect.ts";
import { ownHealth, serviceOf } from "./own-health.ts";
import { inTraceOf } from "./trace-header.ts";

/**
 * One question and who answers it; `asker` is the user of the bus who asks. Made with {@link answer}, so that handler and
 * contract agree.
 */
export interface Answer {
  readonly definition: Request;
  readonly handle: (input: unknown, asker: string) => unknown;
}

export function answer<R extends Request>(
  definition: R,
  handle: (input: Input<R>, asker: string) => Output<R> | Promise<Output<R>>,
): Answer {
  return { definition, handle };
}

/**
 * Answers questions on the NATS services protocol, so that `nats micro ls` and `nats micro info` show them. A service
 * also answers how it does. Each subject is answered one message at a time: order and back-pressure for free, and one
 * writer needs no more.
 * Disposing takes no new question and finishes those at hand.
 */
export async function serve(
  bus: Bus,
  description: string,
  answers: readonly Answer[],
): Promise<AsyncDisposable> {
  const service = await bus.nats.services.add({
    name: bus.name,
    version: bus.version,
    description,
  });
  const atHand = new Set<Promise<void>>();
  for (const { definition, handle } of [...answers, ...healthAnswers(bus)]) {
    let last = Promise.resolve();
    // Callbacks, as the client never ends the iteration over an endpoint; each waits for the one before.
    const handler = (_error: unknown, message: ServiceMsg) => {
      const mine = last.then(() => answerOne(bus, definition, handle, message));
      last = mine;
      atHand.add(mine);
      void mine.finally(() => atHand.delete(mine));
    };
    service.addEndpoint(definition.subject.replaceAll(/[^A-Za-z0-9_-]/g, "_"), {
      subject: definition.subject,
      handler,
      metadata: {
        description: definition.description,
        input: JSON.stringify(definition.input),
      },
    });
  }
  await bus.flush();
  return {
    async [Symbol.asyncDispose]() {
      await service.stop();
      await Promise.all(atHand);
    },
  };
}

function healthAnswers(bus: Bus): Answer[] {
  const name = serviceOf(bus);
  const { health } = bus;
  return name === null || health === null
    ? []
    : [answer(getServiceHealth(name), () => ownHealth(bus, health))];
}

function answerOne(
  bus: Bus,
  definition: Request,
  handle: Answer["handle"],
  message: ServiceMsg,
): Promise<void> {
  return inTraceOf(message, async () => {
    try {
      const input = decode(definition.input, message.data);
      message.respond(encode(await handle(input, askerOf(message.reply))));
    } catch (error) {
      respondError(bus, definition, message, error);
    }
  });
}

/** Each service may hear only replies to inboxes under its own name, so where a reply is wanted tells who asks. */
function askerOf(reply: string | undefined): string {
  return /^_INBOX_([a-z-]+)\./.exec(reply ?? "")?.[1] ?? OPERATOR;
}

/** Any error that is not meant for the caller travels as INTERNAL without its text; our log has it. */
function respondError(bus: Bus, definition: Request, message: ServiceMsg, error: unknown): void {
  const told =
    error instanceof ServiceError
      ? error
      : new ServiceError("INTERNAL", "something went wrong; the log says what");
  if (told.code === "INTERNAL")
    bus.log.error("a question failed", { subject: definition.subject, error });
  const body = {
    code: told.code,
    message: told.message,
    ...(told.field === undefined ? {} : { field: told.field }),
  };
  message.respondError(ERROR_CODES[told.code].http, told.code, encode(body));
}
