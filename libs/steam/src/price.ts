/** What an app costs, in minor units of its currency (cents), because a float cannot hold money. Zero is free. */
export interface Price {
  /** ISO 4217, such as `USD`. */
  readonly currency: string;
  readonly final: number;
  /** Before the discount; the same as `final` without one. */
  readonly initial: number;
  /** 0 to 100. */
  readonly discountPercent: number;
}
