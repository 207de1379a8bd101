import type { Answers } from './answers.ts';

/** The end of a platform that a project was told to use. */
export interface PlatformDate {
  /** The question and the answer that name the platform. */
  readonly question: string;
  readonly answer: string;
  /** A sentence, but for the date and the full stop. */
  readonly event: string;
  /** Year-month-day, in UTC. */
  readonly date: string;
  readonly source: string;
}

const lambdaRuntimes = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html';
const nodeReleases = 'https://github.com/nodejs/release#release-schedule';

/**
 * Every date that ends something a project may have chosen. A test holds those of Node.js against its release schedule; Lambda retires a
 * runtime with its language: https://docs.aws.amazon.com/lambda/latest/dg/runtime-support-policy.html
 */
export const platformDates: readonly PlatformDate[] = [
  { question: 'node', answer: '22', event: 'Node.js 22 gets no more fixes', date: '2027-04-30', source: nodeReleases },
  {
    question: 'node',
    answer: '22',
    event: 'Lambda gives nodejs22.x no more patches',
    date: '2027-04-30',
    source: lambdaRuntimes,
  },
  {
    question: 'node',
    answer: '22',
    event: 'Lambda updates no function of nodejs22.x',
    date: '2027-07-01',
    source: lambdaRuntimes,
  },
  { question: 'node', answer: '24', event: 'Node.js 24 gets no more fixes', date: '2028-04-30', source: nodeReleases },
  {
    question: 'node',
    answer: '24',
    event: 'Lambda gives nodejs24.x no more patches',
    date: '2028-04-30',
    source: lambdaRuntimes,
  },
  {
    question: 'node',
    answer: '24',
    event: 'Lambda updates no function of nodejs24.x',
    date: '2028-07-01',
    source: lambdaRuntimes,
  },
];

export interface DueDate extends PlatformDate {
  readonly isPast: boolean;
}

// Time to plan a move, and not so long that everybody has stopped reading.
const noticeDays = 180;

/** The dates that concern a project and have come, or come within half a year. */
export function dueDates(answers: Answers, today: Date): readonly DueDate[] {
  const now = today.getTime();
  return platformDates.flatMap((entry) => {
    const at = Date.parse(entry.date);
    const concerns = answers[entry.question] === entry.answer && at - now <= noticeDays * 24 * 60 * 60 * 1000;
    return concerns ? [{ ...entry, isPast: at <= now }] : [];
  });
}
