/** The looks and their cadence, without a bus: for whoever drives time, such as the demo's replay of a year. */
export {
  type LibraryEyes,
  type LibraryFact,
  type LibrarySample,
  type Occasion,
  sampleLibrary,
} from "./library-sample.ts";
export {
  isNews,
  isSamePresence,
  observePresence,
  type PresenceEyes,
  type PresenceFact,
} from "./presence-look.ts";
export { SampleCadence } from "./sample-cadence.ts";
