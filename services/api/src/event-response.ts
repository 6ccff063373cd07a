/** A stream of server-sent events as an answer. */
export function eventResponse(stream: ReadableStream<Uint8Array>): Response {
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream",
      // nginx holds back what it buffers.
      "x-accel-buffering": "no",
    },
  });
}
