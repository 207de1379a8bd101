import type { Answers, Fill } from '../answers/answers.ts';
import type { Answer } from '../answers/question.ts';
import type { Target } from '../project/target.ts';
import type { Prompts } from './command.ts';
import { enterFolder } from './enter-folder.ts';

export interface InterviewOptions {
  /** Looks at the folder that the project goes into, once its name is known, and throws where it cannot go there. */
  readonly findTarget: (answers: Answers) => Target;
  /** Whether to ask about a folder that is not empty. */
  readonly asksToEnter: boolean;
}

/** Somebody is asked what is missing; what was answered is kept for whoever leaves. */
export interface Interview {
  readonly fill: Fill;
  /** Looks at the folder, and asks about one that is not empty, unless that was done before. */
  readonly enter: (answers: Answers) => Promise<void>;
  /** What is answered, in any way; nothing where nobody was asked or there is no answer yet. */
  readonly answered: () => Answers | undefined;
}

/** A question about the folder comes right behind its name: nobody answers nine more to hear that it is taken. */
export function createInterview(ask: Prompts, { findTarget, asksToEnter }: InterviewOptions): Interview {
  let answered: Answers = {};
  let isEntered = false;
  const enter = async (answers: Answers): Promise<void> => {
    if (isEntered) return;
    const target = findTarget(answers);
    if (asksToEnter) await enterFolder(target, ask);
    isEntered = true;
  };
  return {
    enter,
    answered: () => (Object.keys(answered).length > 0 ? answered : undefined),
    fill: async (question, soFar) => {
      answered = soFar;
      if (question.id !== 'name') await enter(soFar);
      const answer = await ask.question(question, soFar);
      answered = { ...soFar, [question.id]: answer as Answer };
      return answer;
    },
  };
}
