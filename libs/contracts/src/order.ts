import { Choice } from "./primitive.ts";

export const SORT_ORDERS = ["asc", "desc"] as const;
export const SortOrder = Choice(SORT_ORDERS);
