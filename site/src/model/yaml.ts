// YAML as JSON: templates with CloudFormation's short tags, and the output of `aws --output yaml`.

import { parseDocument, type ScalarTag, type CollectionTag, type YAMLMap, type YAMLSeq } from "yaml";

/** The functions that templates write as tags: `!Sub` is `Fn::Sub`. */
const functions = [
  "And",
  "Base64",
  "Cidr",
  "Equals",
  "FindInMap",
  "GetAtt",
  "GetAZs",
  "If",
  "ImportValue",
  "Join",
  "Length",
  "Not",
  "Or",
  "Select",
  "Split",
  "Sub",
  "ToJsonString",
  "Transform",
];

function tagsOf(tag: string, member: string): (ScalarTag | CollectionTag)[] {
  const of = (value: unknown): object => ({ [member]: value });
  return [
    { tag, resolve: (text: string) => of(text) },
    { tag, collection: "seq", resolve: (list: YAMLMap.Parsed | YAMLSeq.Parsed) => of(list.toJSON()) },
    { tag, collection: "map", resolve: (map: YAMLMap.Parsed | YAMLSeq.Parsed) => of(map.toJSON()) },
  ];
}

const templateTags = [
  ...tagsOf("!Ref", "Ref"),
  ...tagsOf("!Condition", "Condition"),
  ...functions.flatMap((name) => tagsOf(`!${name}`, `Fn::${name}`)),
];

/** Only short plain numbers are numbers: an account id may begin with 0. */
const integer: ScalarTag = {
  tag: "tag:yaml.org,2002:int",
  default: true,
  test: /^(?:0|[1-9][0-9]{0,10})$/,
  resolve: (text: string) => Number(text),
};

const numbers = ["tag:yaml.org,2002:int", "tag:yaml.org,2002:float"];

/** yamlToJson writes a YAML text as JSON, or says why it can't. */
export function yamlToJson(text: string): { text: string } | { problem: string } {
  try {
    const document = parseDocument(text, {
      version: "1.2",
      customTags: (tags) => [
        ...tags.filter((tag) => typeof tag === "string" || !numbers.includes(tag.tag)),
        integer,
        ...templateTags,
      ],
    });
    const [first] = document.errors;
    if (first) {
      const [place] = first.linePos ?? [];
      return {
        problem: `the YAML can't be read${place ? ` from line ${place.line}` : ""}: ${first.code.toLowerCase().replaceAll("_", " ")}`,
      };
    }
    // Few aliases are met in earnest; many make small texts large.
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return { text: JSON.stringify(value, null, 2) ?? "" };
  } catch {
    return { problem: "the YAML can't be read: its aliases or its nesting go too far" };
  }
}
