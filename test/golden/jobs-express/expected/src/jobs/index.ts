import { deliverMessage } from './deliver-message.ts';

/** By the name that messages of the queue and schedules give them. */
export const jobs = {
  'deliver-message': deliverMessage,
};
