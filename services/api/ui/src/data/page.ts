/** One page of a list, as every list of the API answers. */
export interface Paged<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
}
