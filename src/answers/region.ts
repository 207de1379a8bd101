import { didYouMean } from './nearest.ts';
import { defineQuestion } from './question.ts';
import { regions } from './regions.ts';

const names = regions.map(([region]) => region);

export const region = defineQuestion({
  id: 'region',
  text: 'AWS region to deploy to',
  type: 'text',
  default: 'eu-west-1',
  choices: regions.map(([value, place]) => ({ value, label: `${value}  ${place}` })),
  // Every partition has this shape: us-gov-west-1, cn-north-1, us-isob-east-1, eusc-de-east-1.
  pattern: '[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}',
  fix: 'Use a name such as eu-west-1.',
  warn(value) {
    const text = String(value);
    if (names.includes(text)) return undefined;
    return `${text} is not a region we know; it is used as given.${didYouMean(text, names)}`;
  },
});
