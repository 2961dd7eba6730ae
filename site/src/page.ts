// Starts the page: on the work that its address names or that this browser kept, else on the scenario of a first visit.

import { Arrival } from "./arrival.ts";
import { loadFirst } from "./catalog.ts";
import { EngineClient } from "./engine/client.ts";
import { Session } from "./model/session.ts";
import { Storage } from "./model/storage.ts";
import { emptyWorkspace } from "./model/workspace.ts";
import { FencelineApp } from "./view/app.ts";

/** The addresses that the generator wrote on the page. */
function address(of: string): string {
  const value = document.body.dataset[of];
  if (!value) throw new Error(`the page names no ${of}`);
  return value;
}

async function newSession(engine: EngineClient): Promise<Session> {
  const storage = new Storage();
  const work = await storage.open();
  if (work) return new Session(engine, storage, work);
  try {
    const { workspace, result } = await loadFirst(address("first"));
    return new Session(engine, storage, workspace, result);
  } catch {
    return new Session(engine, storage, emptyWorkspace());
  }
}

const engine = new EngineClient({ worker: address("worker"), engine: address("engine") });
engine.start();
const session = await newSession(engine);
const arrival = new Arrival(session);
await arrival.open();
const app = new FencelineApp();
app.session = session;
app.arrival = arrival;
app.files = { first: address("first"), index: address("index") };
document.getElementById("still")?.replaceWith(app);
document.documentElement.dataset["state"] = "started";
session.evaluate();
