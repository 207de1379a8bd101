import { description } from './description.ts';
import { extras } from './extras.ts';
import { framework } from './framework.ts';
import { gateway } from './gateway.ts';
import { iac } from './iac.ts';
import { name } from './name.ts';
import { node } from './node.ts';
import type { BuiltInQuestion } from './question.ts';
import { region } from './region.ts';
import { stages } from './stages.ts';

/** Our questions, in the order in which they are asked. */
export const builtInQuestions: readonly BuiltInQuestion[] = [
  name,
  description,
  region,
  gateway,
  framework,
  stages,
  extras,
  node,
  iac,
];
