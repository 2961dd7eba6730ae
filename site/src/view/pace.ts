// The page's beginning in short tasks, so that a slow phone hears a tap in between.

/** Those whose turn to render comes; nobody waits once the page stands. */
let waiting: (() => void)[] | undefined;

/** nextTask resolves in a task of its own, without the pause that timers are given. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** turn is when a component may render, if that is not at once. */
export function turn(): Promise<void> | undefined {
  const queue = waiting;
  return queue && new Promise((resolve) => queue.push(resolve));
}

/** inTurns puts components on the page and lets each render in a task of its own, with those that it makes. */
export async function inTurns(begin: () => void): Promise<void> {
  const queue: (() => void)[] = [];
  waiting = queue;
  begin();
  for (await nextTask(); queue.length > 0; await nextTask()) queue.shift()?.();
  waiting = undefined;
}

/** How long what the browser does when it has nothing else to do may wait. */
const patienceMs = 500;

let idle: Promise<void> = Promise.resolve();

/** whenIdle does something after all that was to be done so before, each time the browser has nothing else to do. */
export function whenIdle(action: () => void | Promise<void>): void {
  const free = (): Promise<void> =>
    new Promise((resolve) => {
      if ("requestIdleCallback" in globalThis) requestIdleCallback(() => resolve(), { timeout: patienceMs });
      else setTimeout(resolve);
    });
  idle = idle.then(free).then(action);
}
