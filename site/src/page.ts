// Starts the page: on the work that this browser kept, else on the scenario of a first visit.

import { loadFirst } from "./catalog.ts";
import { EngineClient } from "./engine/client.ts";
import { Session } from "./model/session.ts";
import { loadWork } from "./model/storage.ts";
import { emptyWorkspace } from "./model/workspace.ts";
import { FencelineApp } from "./view/app.ts";

/** The addresses that the generator wrote on the page. */
function address(of: string): string {
  const value = document.body.dataset[of];
  if (!value) throw new Error(`the page names no ${of}`);
  return value;
}

async function newSession(engine: EngineClient): Promise<Session> {
  const work = loadWork();
  if (work) return new Session(engine, work);
  try {
    const { workspace, result } = await loadFirst(address("first"));
    return new Session(engine, workspace, result);
  } catch {
    return new Session(engine, emptyWorkspace());
  }
}

const engine = new EngineClient({ worker: address("worker"), engine: address("engine") });
engine.start();
const session = await newSession(engine);
const app = new FencelineApp();
app.session = session;
app.files = { first: address("first"), index: address("index") };
document.getElementById("still")?.replaceWith(app);
session.evaluate();
