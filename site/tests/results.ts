// Results as the engine answers them, with only what a test is about.

import type { RequestResult } from "../src/model/result.ts";

/** resultOf is a request's result: denied by nobody, but for what is given. */
export function resultOf(members: Partial<RequestResult>): RequestResult {
  return {
    name: "",
    principal: "arn:aws:iam::111122223333:user/U",
    action: "s3:GetObject",
    resource: "arn:aws:s3:::b/k",
    decision: "implicitDeny",
    determining: [],
    nearest: [],
    message: "",
    explanation: "",
    gates: [],
    layers: [],
    context: [],
    missingContextKeys: [],
    dependsOn: [],
    rules: [],
    notes: [],
    ...members,
  };
}
