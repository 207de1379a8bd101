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

// When Node.js ends the line, and when Lambda takes no more updates of functions on it. `nodejs22.x` is retired with its language:
// https://docs.aws.amazon.com/lambda/latest/dg/runtime-support-policy.html
const nodeLines = [
  { line: '22', end: '2027-04-30', lastUpdate: '2027-07-01' },
  { line: '24', end: '2028-04-30', lastUpdate: '2028-07-01' },
];

/** Every date that ends something a project may have chosen. A test holds those of Node.js against its release schedule. */
export const platformDates: readonly PlatformDate[] = nodeLines.flatMap(({ line, end, lastUpdate }) => {
  const of = { question: 'node', answer: line };
  return [
    { ...of, event: `Node.js ${line} gets no more fixes`, date: end, source: nodeReleases },
    { ...of, event: `Lambda gives nodejs${line}.x no more patches`, date: end, source: lambdaRuntimes },
    { ...of, event: `Lambda updates no function of nodejs${line}.x`, date: lastUpdate, source: lambdaRuntimes },
  ];
});

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
