import { ServiceError } from "@tracker/contracts";

/** Refuses what was sent in one field: what belongs there, then what came. */
export function invalid(field: string, expected: string, got: string | number): ServiceError {
  return new ServiceError("INVALID", `${field}: expected ${expected}, got ${got}`, { field });
}
