// What is chosen on the account's page.

import type { Request } from "../scenario.ts";

/** Choice is a principal to be shown, and a request that is asked of it at once. */
export interface Choice {
  readonly arn: string;
  readonly asked?: Request;
}
