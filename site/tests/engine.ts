// The site's own engine, without a page: the WebAssembly program that was built, run by Node.

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Answer, AnswerOf, Call } from "../src/engine/protocol.ts";
import type { Result } from "../src/model/result.ts";
import type { Workspace } from "../src/model/workspace.ts";

export const repository = join(import.meta.dirname, "..", "..");

let started: Promise<(call: string) => string> | undefined;

async function start(): Promise<(call: string) => string> {
  const root = execFileSync("go", ["env", "GOROOT"], { cwd: repository, encoding: "utf8" }).trim();
  await import(pathToFileURL(join(root, "lib", "wasm", "wasm_exec.js")).href);
  const assets = join(repository, "dist", "site", "assets");
  const name = readdirSync(assets).find((one) => /^engine-.*\.wasm$/.test(one));
  if (!name) throw new Error("there is no engine in dist: run ./build.sh first");
  const go = new Go();
  const { instance } = await WebAssembly.instantiate(readFileSync(join(assets, name)), go.importObject);
  void go.run(instance);
  const { fencelineCall } = globalThis;
  if (!fencelineCall) throw new Error("the engine registered no function");
  return fencelineCall;
}

/** ask is the engine's answer to a call. */
export async function ask<C extends Call>(call: C): Promise<AnswerOf<C>> {
  const fencelineCall = await (started ??= start());
  const answer = JSON.parse(fencelineCall(JSON.stringify(call))) as Answer<AnswerOf<C>>;
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
  return answer.answer;
}

/** evaluate is the engine's result for a work, as the page asks for it. */
export function evaluate({ scenario, policies, selected, without }: Workspace): Promise<Result> {
  return ask({ call: "evaluate", scenario, policies, trace: [selected], without });
}
