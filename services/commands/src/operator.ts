import { accessSync, constants } from "node:fs";
import { type Bus, busOptions, connectBus, embeddedServerUrl, seedPath } from "@tracker/bus";
import { OPERATOR } from "@tracker/contracts";
import { ConfigError, createHost, type Environment, errorCode } from "@tracker/service";

/** Connects to a running tracker as its operator: with the operator's nkey from DATA_DIR, or as NATS_URL says. */
export async function connectOperator(env: Environment, version: string): Promise<Bus> {
  const dataDir = env["DATA_DIR"] || "./data";
  const url =
    env["NATS_URL"] ||
    embeddedServerUrl(dataDir) ||
    `nats://127.0.0.1:${env["NATS_PORT"] || "4222"}`;
  if (!url.includes("@")) assertReadable(seedPath(dataDir, OPERATOR));
  const stop = AbortSignal.timeout(5_000);
  const host = createHost({
    env: { ...env, NATS_URL: url, DATA_DIR: dataDir },
    version,
    logLevel: "error",
  });
  try {
    return await connectBus({ ...busOptions(host, OPERATOR), signal: stop, inboxPrefix: "_INBOX" });
  } catch (error) {
    throw new Error(
      "no tracker answers: is it running? ./tracker up starts it; DATA_DIR or NATS_URL say which is meant",
      {
        cause: error,
      },
    );
  }
}

function assertReadable(seed: string): void {
  try {
    accessSync(seed, constants.R_OK);
  } catch (error) {
    const isOthers = errorCode(error) === "EACCES";
    throw new ConfigError(
      isOthers
        ? "DATA_DIR is another user's: say this as the user that the tracker runs as, or set DATA_DIR"
        : "no credentials in DATA_DIR: is it running? ./tracker up starts it; where its data lies elsewhere, set DATA_DIR",
      { cause: error },
    );
  }
}
