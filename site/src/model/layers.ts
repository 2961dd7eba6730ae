// The kinds of policy, in AWS's words.

import type { Layer, PolicyLayer } from "./result.ts";

interface Words {
  readonly one: string;
  readonly many: string;
}

const words: Record<Layer, Words> = {
  resourceControlPolicy: { one: "resource control policy", many: "Resource control policies (RCPs)" },
  serviceControlPolicy: { one: "service control policy", many: "Service control policies (SCPs)" },
  vpcEndpointPolicy: { one: "VPC endpoint policy", many: "VPC endpoint policies" },
  resourcePolicy: { one: "resource-based policy", many: "Resource-based policies" },
  trustPolicy: { one: "role trust policy", many: "Role trust policies" },
  identityPolicy: { one: "identity-based policy", many: "Identity-based policies" },
  permissionsBoundary: { one: "permissions boundary", many: "Permissions boundary" },
  sessionPolicy: { one: "session policy", many: "Session policies" },
  service: { one: "rule of the service", many: "A rule of the service" },
};

/** The order in which policies are listed beside the decision. */
export const layerOrder: readonly PolicyLayer[] = [
  "identityPolicy",
  "permissionsBoundary",
  "sessionPolicy",
  "resourcePolicy",
  "trustPolicy",
  "serviceControlPolicy",
  "resourceControlPolicy",
  "vpcEndpointPolicy",
];

/** oneOf names one policy of the kind: "permissions boundary". */
export const oneOf = (layer: Layer): string => words[layer].one;

/** manyOf is the heading of the kind: "Permissions boundary". */
export const manyOf = (layer: Layer): string => words[layer].many;

/** The layers that a decision can come from. */
export const decidingLayers: readonly Layer[] = [...layerOrder, "service"];

/** layerWords names a layer that is written as text; what is no layer stands as it is. */
export function layerWords(written: string): string {
  const layer = decidingLayers.find((one) => one === written);
  return layer ? oneOf(layer) : written;
}
