import { connect } from "node:net";

/** A reader that asks for everything and then takes no byte of it. */
export function openStuckReader(address: string, token: string, backlogBytes: number) {
  const { hostname, port, host, pathname } = new URL(address);
  const socket = connect({ host: hostname, port: Number(port) });
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  socket.on("error", end).on("end", end).on("close", end);
  socket.pause();
  const headers = [
    `Host: ${host}`,
    `Authorization: Bearer ${token}`,
    "Last-Event-ID: 0",
    "Connection: close",
  ];
  socket.write(`GET ${pathname} HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n`);
  let bytes = 0;
  return {
    /** Reads at last what is left for it, up to the end of the line; answers how much of the backlog that was. */
    async drain(): Promise<number> {
      socket.on("data", (data) => {
        bytes += data.length;
        if (bytes >= backlogBytes) end();
      });
      socket.resume();
      await ended;
      return bytes / backlogBytes;
    },
    [Symbol.dispose]: () => void socket.destroy(),
  };
}
