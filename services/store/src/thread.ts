/** Asks a thread one thing, and ends it once it has answered or died. For work that would otherwise keep every answer waiting. */
export async function runInThread<Reply>(url: URL, request: unknown): Promise<Reply> {
  const worker = new Worker(url.href);
  try {
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    worker.addEventListener("message", (event: MessageEvent<Reply>) => resolve(event.data));
    worker.addEventListener("error", (event) => reject(new Error(event.message)));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(request);
    return await promise;
  } finally {
    worker.terminate();
  }
}
