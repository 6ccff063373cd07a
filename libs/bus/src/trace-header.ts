import { traceparent, withTrace } from "@tracker/service";
import { headers, type MsgHdrs } from "nats";

/** Where the trace of a message stands, as W3C Trace Context has it. */
const TRACE_HEADER = "traceparent";

/** Headers that pass the present trace on. */
export function headersWithTrace(): MsgHdrs {
  const sent = headers();
  const trace = traceparent();
  if (trace !== undefined) sent.set(TRACE_HEADER, trace);
  return sent;
}

/** Does something within the trace of the message that asked for it. */
export function inTraceOf<T>(
  message: { readonly headers?: MsgHdrs | undefined },
  work: () => T,
): T {
  return withTrace(message.headers?.get(TRACE_HEADER) || undefined, work);
}
