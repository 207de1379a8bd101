import { loadConfig } from './config.ts';
import { createJobHandler } from './jobs/handler.ts';
import { jobs } from './jobs/index.ts';
import { createServiceLogger } from './log.ts';

const config = loadConfig(process.env);

export const handler = createJobHandler(jobs, config, createServiceLogger(config));
