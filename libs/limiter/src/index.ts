/** The quotas of the outside APIs, shared by every process; the NATS server enforces them. */
export {
  type ApiNames,
  createLimiter,
  type Limiter,
  type LimiterOptions,
  type QuotaUsage,
} from "./limiter.ts";
export { quotaVariable } from "./quota-variable.ts";
export { API_NAMES, type ApiName, parseQuota, type Quota, type QuotaWindow } from "./quota.ts";
