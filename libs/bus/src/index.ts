/** How the conversations are said over NATS; the only code that imports its client. */
export { decode, encode } from "./codec.ts";
export { type Bus, type BusOptions, connectBus } from "./connect.ts";
export { consume, type Delivery } from "./consume.ts";
export { awaitJobEnd, JOB_END_MS_MAX, type JobEnd, sampleLibrary } from "./job-end.ts";
export { ownHealth } from "./own-health.ts";
export {
  openPermitStream,
  type PermitStream,
  type PermitWindow,
  type PermitWindowState,
} from "./permit-stream.ts";
export { publish, publishFact } from "./publish.ts";
export { request, type RequestOptions } from "./request.ts";
export { answer, type Answer, serve } from "./serve.ts";
export { provisionStreams } from "./stream.ts";
export { type EventsOptions, type ReceivedEvent, subscribeEvents } from "./subscribe.ts";
export { type Work, workOn, type WorkResult } from "./work.ts";
export { busOptions, ensureCredentials, seedPath } from "./credential.ts";
export { type NatsServer, type NatsServerOptions, startNatsServer } from "./nats-server.ts";
export { permissions } from "./permission.ts";
export {
  embeddedServerUrl,
  serverConfiguration,
  type ServerPlace,
} from "./server-configuration.ts";
