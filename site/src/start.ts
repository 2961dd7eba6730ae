// Starts the page on the work that its address names or that this browser kept, else on the scenario of a first visit.

import { Arrival } from "./arrival.ts";
import { loadFirst } from "./catalog.ts";
import type { EngineClient } from "./engine/client.ts";
import { Session } from "./model/session.ts";
import { Storage } from "./model/storage.ts";
import { emptyWorkspace } from "./model/workspace.ts";
import { FencelineApp, type PageFiles } from "./view/app.ts";
import { dialogs } from "./view/dialogs.ts";
import { inTurns, whenIdle } from "./view/pace.ts";
import { markDecisions } from "./view/timing.ts";
import { offerUpdates } from "./view/update.ts";

async function newSession(engine: EngineClient, files: PageFiles): Promise<Session> {
  const storage = new Storage();
  const work = await storage.open();
  if (work) return new Session(engine, storage, work);
  try {
    const { workspace, result } = await loadFirst(files.first);
    return new Session(engine, storage, workspace, result);
  } catch {
    return new Session(engine, storage, emptyWorkspace());
  }
}

/** start puts the live page in the place of the still one. */
export async function start(engine: EngineClient, files: PageFiles): Promise<void> {
  const session = await newSession(engine, files);
  markDecisions(session);
  const arrival = new Arrival(session);
  await arrival.open();
  const app = new FencelineApp();
  app.session = session;
  app.arrival = arrival;
  app.files = files;
  const still = document.getElementById("still");
  app.hidden = true;
  await inTurns(() => still?.before(app));
  still?.remove();
  app.hidden = false;
  session.evaluate();
  offerUpdates();
  // Who opens the palette by its key types on at once.
  whenIdle(async () => void (await dialogs["commands"]?.load()));
}
