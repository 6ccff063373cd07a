import http from "node:http";
import { ConfigError, errorCode, wait } from "@tracker/service";
import type { Edge } from "./edge.ts";
import { HEADER_BYTES_MAX } from "./body.ts";
import { describeVisitor } from "./visitor.ts";

export interface ServerOptions {
  readonly hostname: string;
  readonly port: number;
  readonly trustProxy: boolean;
}

/** Requests in hand get this long to finish; open event streams have been ended before. */
const STOP_MS_MAX = 1_500;
/** The edge answers what is too large, with a problem document, and reads no more of it. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;
/** Large enough that headers that are too long reach the edge, which says so; by default Bun refuses them from 16 KiB on without a reason. */
const SEEN_HEADER_BYTES_MAX = 8 * HEADER_BYTES_MAX;
/** Also ends a stuck reader of events: the heartbeats of the others count as traffic. */
const IDLE_SECONDS = 60;

/** Listens. Disposing takes no new connection, lets what is in hand finish and then cuts off the rest. */
export function listen(
  edge: Edge,
  { hostname, port, trustProxy }: ServerOptions,
): AsyncDisposable & { readonly url: URL } {
  // Bun's own servers take it from there, and nowhere else (as `--max-http-header-size` does).
  Object.assign(http, { maxHeaderSize: SEEN_HEADER_BYTES_MAX });
  const server = start(hostname, port, {
    idleTimeout: IDLE_SECONDS,
    maxRequestBodySize: NO_LIMIT,
    fetch: (request: Request, server: Bun.Server<undefined>) =>
      edge(request, describeVisitor(request, server.requestIP(request)?.address, trustProxy)),
  });
  return {
    url: server.url,
    async [Symbol.asyncDispose]() {
      await Promise.race([server.stop(), wait(STOP_MS_MAX)]);
      await server.stop(true);
    },
  };
}

/**
 * Throws when the port is not free: asked before anything is made, so that a start which cannot succeed leaves nothing
 * behind and shows no password. Listening itself comes last, when there is something to answer with.
 */
export function assertPortFree({ hostname, port }: Omit<ServerOptions, "trustProxy">): void {
  if (port === 0) return;
  const fetch = () => Promise.resolve(new Response(null, { status: 503 }));
  void start(hostname, port, { idleTimeout: 1, maxRequestBodySize: 0, fetch }).stop(true);
}

interface Behaviour {
  readonly idleTimeout: number;
  readonly maxRequestBodySize: number;
  readonly fetch: (request: Request, server: Bun.Server<undefined>) => Promise<Response>;
}

function start(hostname: string, port: number, behaviour: Behaviour): Bun.Server<undefined> {
  try {
    return Bun.serve({ ...behaviour, hostname, port });
  } catch (error) {
    const code = errorCode(error) || "unknown";
    throw new ConfigError(
      code === "EADDRINUSE"
        ? `PORT: port ${port} on ${hostname} is taken by another program, or by a tracker that runs already; stop it or set PORT to a free one`
        : `HOST, PORT: cannot listen on ${hostname} port ${port} (${code})`,
      { cause: error },
    );
  }
}
