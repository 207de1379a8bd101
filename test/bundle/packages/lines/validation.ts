import type { Line } from '../line.ts';

export const validation: readonly Line[] = [
  {
    name: 'zod parses',
    packages: ['zod'],
    code: `
      import { z } from 'zod';
      const user = z.object({ name: z.string(), mail: z.email() });
      export const answer = () => user.safeParse({ name: 'Ada', mail: 'no' }).error.issues[0];`,
    answer: /"path":\["mail"\],"message":"Invalid email address"/,
  },
  {
    name: 'joi validates',
    packages: ['joi'],
    code: `
      import Joi from 'joi';
      export const answer = () => ({ message: Joi.object({ age: Joi.number().min(18) }).validate({ age: 3 }).error.message });`,
    answer: { message: '"age" must be greater than or equal to 18' },
  },
  {
    name: 'ajv compiles a schema with formats',
    packages: ['ajv', 'ajv-formats'],
    code: `
      import { Ajv } from 'ajv';
      import addFormats from 'ajv-formats';
      export function answer() {
        const ajv = new Ajv();
        addFormats.default(ajv);
        const check = ajv.compile({ type: 'object', properties: { at: { type: 'string', format: 'date' } } });
        return { good: check({ at: '2026-01-31' }), bad: check({ at: 'soon' }), message: check.errors[0].message };
      }`,
    answer: { good: true, bad: false, message: 'must match format "date"' },
  },
  {
    name: 'yup validates',
    packages: ['yup'],
    code: `
      import * as yup from 'yup';
      export async function answer() {
        const { name, errors } = await yup.object({ age: yup.number().min(18) }).validate({ age: 3 }).catch((error) => error);
        return { name, errors };
      }`,
    answer: { name: 'ValidationError', errors: ['age must be greater than or equal to 18'] },
  },
  {
    name: 'class-validator and class-transformer read classes',
    packages: ['class-validator', 'class-transformer', 'reflect-metadata'],
    code: `
      import 'reflect-metadata';
      import { plainToInstance, Type } from 'class-transformer';
      import { IsEmail, IsDate, validate } from 'class-validator';
      class User { mail; born; }
      IsEmail()(User.prototype, 'mail');
      IsDate()(User.prototype, 'born');
      Type(() => Date)(User.prototype, 'born');
      export async function answer() {
        const [error] = await validate(plainToInstance(User, { mail: 'no', born: '2000-01-01' }));
        return { target: error.target.constructor.name, ...error.constraints };
      }`,
    answer: { target: 'User', isEmail: 'mail must be an email' },
  },
];
