import type { Line } from './line.ts';
import { apis } from './lines/apis.ts';
import { auth } from './lines/auth.ts';
import { aws } from './lines/aws.ts';
import { databases } from './lines/databases.ts';
import { documents } from './lines/documents.ts';
import { httpClients } from './lines/http-clients.ts';
import { idioms } from './lines/idioms.ts';
import { middleware } from './lines/middleware.ts';
import { observability } from './lines/observability.ts';
import { queues } from './lines/queues.ts';
import { templates } from './lines/templates.ts';
import { validation } from './lines/validation.ts';
import { values } from './lines/values.ts';

/** What owners put into their services: packages and idioms, one line each. */
export const table: readonly Line[] = [
  ...databases,
  ...queues,
  ...aws,
  ...auth,
  ...httpClients,
  ...validation,
  ...apis,
  ...observability,
  ...documents,
  ...templates,
  ...values,
  ...middleware,
  ...idioms,
];
