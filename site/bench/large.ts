// A scenario as large as a person would still edit by hand: 50 requests and 20 policies, with
// boundaries, service control policies and resources that have policies of their own.

interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly [element: string]: unknown;
}

const account = "111122223333";
const teams = ["red", "green", "blue", "amber", "violet"];
const services = ["s3", "ec2", "dynamodb", "lambda", "sqs", "sns", "kms", "iam"];

const document = (...Statement: Statement[]): object => ({ Version: "2012-10-17", Statement });

const user = (team: string): string => `arn:aws:iam::${account}:user/${team}/${team}-developer`;
const bucket = (team: string): string => `arn:aws:s3:::${team}-reports`;

/** What a team may do with one service, to what is tagged as its own. */
function grant(team: string, service: string): Statement {
  return {
    Sid: `${team}${service}`,
    Effect: "Allow",
    Action: [`${service}:Get*`, `${service}:List*`, `${service}:Describe*`, `${service}:Put*`],
    Resource: [`arn:aws:${service}:*:${account}:*`, bucket(team), `${bucket(team)}/*`],
    Condition: {
      StringEqualsIfExists: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" },
      IpAddressIfExists: { "aws:SourceIp": ["10.0.0.0/8", "192.168.0.0/16"] },
    },
  };
}

function fence(Sid: string, key: string, values: readonly string[]): Statement {
  return {
    Sid,
    Effect: "Deny",
    NotAction: ["iam:*", "sts:*"],
    Resource: "*",
    Condition: { StringNotEquals: { [key]: values } },
  };
}

const everything = (Sid: string): Statement => ({ Sid, Effect: "Allow", Action: "*", Resource: "*" });

function policies(): Record<string, object> {
  const all: Record<string, object> = {};
  for (const team of teams) {
    all[`${team}-read`] = document(...services.slice(0, 4).map((service) => grant(team, service)));
    all[`${team}-write`] = document(...services.slice(4).map((service) => grant(team, service)));
    all[`${team}-boundary`] = document(
      ...services.map((service) => ({
        Sid: `Within${service}`,
        Effect: "Allow" as const,
        Action: `${service}:*`,
        Resource: "*",
      })),
      fence("Region", "aws:RequestedRegion", ["eu-central-1", "eu-west-1"]),
    );
  }
  all["reports"] = document({
    Sid: "Reports",
    Effect: "Allow",
    Principal: { AWS: teams.map(user) },
    Action: "s3:GetObject",
    Resource: `${bucket("red")}/*`,
    Condition: { Bool: { "aws:SecureTransport": "true" } },
  });
  all["queue"] = document({
    Sid: "Queue",
    Effect: "Allow",
    Principal: "*",
    Action: "sqs:SendMessage",
    Resource: `arn:aws:sqs:eu-central-1:${account}:orders`,
  });
  all["regions"] = document(
    everything("All"),
    fence("Regions", "aws:RequestedRegion", ["eu-central-1", "eu-west-1", "us-east-1"]),
  );
  all["guard"] = document(everything("All"), {
    Sid: "Guard",
    Effect: "Deny",
    Action: ["organizations:LeaveOrganization", "cloudtrail:Stop*"],
    Resource: "*",
  });
  all["ground"] = document(everything("All"));
  return all;
}

const asked = [
  ["s3:GetObject", (team: string) => `${bucket(team)}/2026/report.csv`],
  ["s3:ListBucket", bucket],
  ["s3:PutObject", () => `${bucket("red")}/2026/report.csv`],
  ["ec2:DescribeInstances", () => "*"],
  ["ec2:RunInstances", () => `arn:aws:ec2:us-east-1:${account}:instance/*`],
  ["dynamodb:GetItem", (team: string) => `arn:aws:dynamodb:eu-central-1:${account}:table/${team}`],
  ["sqs:SendMessage", () => `arn:aws:sqs:eu-central-1:${account}:orders`],
  ["lambda:GetFunction", (team: string) => `arn:aws:lambda:eu-central-1:${account}:function:${team}`],
  ["iam:CreateUser", (team: string) => `arn:aws:iam::${account}:user/${team}/new`],
  ["kms:ListKeys", () => "*"],
] as const;

/** largeScenario is the text of the scenario file. */
export function largeScenario(): string {
  return JSON.stringify({
    version: 1,
    title: "Five teams",
    policies: policies(),
    identities: teams.map((team) => ({
      arn: user(team),
      tags: { team },
      policies: [`${team}-read`, `${team}-write`],
      boundary: `${team}-boundary`,
    })),
    resources: [
      { arn: bucket("red"), policy: "reports", tags: { team: "red" } },
      { arn: `arn:aws:sqs:eu-central-1:${account}:orders`, policy: "queue" },
    ],
    organization: {
      id: "o-exampleorgid",
      managementAccount: "999999999999",
      root: {
        id: "r-abcd",
        scps: ["ground"],
        units: [{ id: "ou-abcd-11111111", scps: ["regions"], accounts: [{ id: account, scps: ["guard"] }] }],
      },
    },
    requests: teams.flatMap((team) =>
      asked.map(([action, resource]) => ({
        name: `${team}: ${action}`,
        principal: user(team),
        action,
        resource: resource(team),
        context: { "aws:SourceIp": "10.1.2.3", "aws:SecureTransport": "true" },
      })),
    ),
  });
}
