import { expect, test } from "bun:test";
import { sendWebhook } from "./webhook-send.ts";

test("what a receiver answers is called what it is: only some of the 3xx lead elsewhere", async () => {
  using receiver = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: (request) =>
      new Response(null, { status: Number(new URL(request.url).pathname.slice(1)) }),
  });
  const send = async (status: number) => {
    const url = new URL(`/${status}`, receiver.url);
    const { error } = await sendWebhook({ url, headers: {}, body: "{}" }, { mayBePrivate: true });
    return error;
  };

  const errors = await Promise.all([204, 302, 304, 308, 500].map(send));

  expect(errors).toEqual([
    null,
    expect.stringContaining("answered 302: a redirect"),
    "answered 304",
    expect.stringContaining("answered 308: a redirect"),
    "answered 500",
  ]);
});
