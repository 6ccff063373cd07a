import { type Bus, request, type RequestOptions } from "@tracker/bus";
import type { Input, Output, Request as Question } from "@tracker/contracts";

/** Asks another service over the bus; throws ServiceError. */
export type Ask = <Q extends Question>(
  question: Q,
  input: Input<Q>,
  options?: RequestOptions,
) => Promise<Output<Q>>;

export function askOver(bus: Bus): Ask {
  return (question, input, options) => request(bus, question, input, options);
}
