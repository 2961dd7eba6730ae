// The element of each kind of exercise.

import type { Kind } from "../../model/exercise/file.ts";
import { FencelineAttackTask } from "./attack.ts";
import { FencelineEditTask } from "./edit.ts";
import { FencelinePredictTask } from "./predict.ts";
import { FencelineSpotTask } from "./spot.ts";
import type { Task } from "./task.ts";

const tasks: Record<Kind, new () => Task> = {
  predict: FencelinePredictTask,
  repair: FencelineEditTask,
  write: FencelineEditTask,
  attack: FencelineAttackTask,
  spot: FencelineSpotTask,
};

/** taskFor makes the element of a kind. */
export const taskFor = (kind: Kind): Task => new tasks[kind]();
