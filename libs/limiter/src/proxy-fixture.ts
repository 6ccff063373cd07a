/** A way to the NATS server on which things can go wrong, for tests. */
export interface TestProxy extends AsyncDisposable {
  readonly url: string;
  /** What happens to the server's answers once a client has sent something that contains the text. */
  onceSent(text: string, fault: "late" | "cut", lateMs?: number): void;
}

interface Link {
  /** The other side, as soon as there is one; until then what is to be sent waits here. */
  peer: Bun.Socket<Link> | null;
  readonly pending: Uint8Array[];
}

const LATE_MS = 250;

/** Passes everything on in both directions; `late` holds the server's answers back for 250 ms unless told, `cut` ends the connection. */
export function startTestProxy(target: string): TestProxy {
  const { hostname, port } = new URL(target);
  let awaited: { text: string; fault: "late" | "cut"; lateMs: number } | null = null;
  let heldUntil = 0;

  const serverSide: Bun.SocketHandler<Link> = {
    data(socket, data) {
      const copy = new Uint8Array(data);
      const heldMs = heldUntil - performance.now();
      if (heldMs > 0) setTimeout(() => socket.data.peer?.write(copy), heldMs);
      else socket.data.peer?.write(copy);
    },
    close: (socket) => void socket.data.peer?.end(),
  };
  const clientSide: Bun.SocketHandler<Link> = {
    async open(socket) {
      const data: Link = { peer: socket, pending: [] };
      socket.data = { peer: null, pending: [] };
      const peer = await Bun.connect({ hostname, port: Number(port), data, socket: serverSide });
      for (const chunk of socket.data.pending.splice(0)) peer.write(chunk);
      socket.data.peer = peer;
    },
    data(socket, data) {
      const met = awaited !== null && data.includes(awaited.text) ? awaited : null;
      if (met !== null) awaited = null;
      if (met?.fault === "late") heldUntil = performance.now() + met.lateMs;
      const { peer, pending } = socket.data;
      if (peer === null) pending.push(new Uint8Array(data));
      else peer.write(data);
      if (met?.fault === "cut") socket.end();
    },
    close: (socket) => void socket.data.peer?.end(),
  };
  const listener = Bun.listen<Link>({ hostname: "127.0.0.1", port: 0, socket: clientSide });
  return {
    url: `nats://127.0.0.1:${listener.port}`,
    onceSent: (text, fault, lateMs = LATE_MS) => {
      awaited = { text, fault, lateMs };
    },
    async [Symbol.asyncDispose]() {
      listener.stop(true);
      await Promise.resolve();
    },
  };
}
