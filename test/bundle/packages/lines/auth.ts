import type { Line } from '../line.ts';

export const auth: readonly Line[] = [
  {
    name: 'jose signs and verifies',
    packages: ['jose'],
    code: `
      import { jwtVerify, SignJWT } from 'jose';
      const key = new TextEncoder().encode('a secret of at least thirty-two bytes');
      export async function answer() {
        const token = await new SignJWT({ sub: 'Ada' }).setProtectedHeader({ alg: 'HS256' }).sign(key);
        const { payload } = await jwtVerify(token, key);
        const { code } = await jwtVerify(token, new Uint8Array(32)).catch((error) => error);
        return { ...payload, code };
      }`,
    answer: { sub: 'Ada', code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' },
  },
  {
    name: 'jsonwebtoken signs and verifies',
    packages: ['jsonwebtoken'],
    code: `
      import jwt from 'jsonwebtoken';
      export function answer() {
        const token = jwt.sign({ sub: 'Ada' }, 'secret', { noTimestamp: true });
        try { jwt.verify(token, 'other'); } catch (error) { return { ...jwt.verify(token, 'secret'), error: error.name }; }
      }`,
    answer: { sub: 'Ada', error: 'JsonWebTokenError' },
  },
  {
    name: 'bcrypt, native, hashes',
    packages: ['bcrypt'],
    code: `
      import bcrypt from 'bcrypt';
      export async function answer() {
        const hash = await bcrypt.hash('secret', 4);
        return { right: await bcrypt.compare('secret', hash), wrong: await bcrypt.compare('other', hash), rounds: bcrypt.getRounds(hash) };
      }`,
    answer: { right: true, wrong: false, rounds: 4 },
    runtime: 'asked',
  },
  {
    name: 'bcryptjs hashes',
    packages: ['bcryptjs'],
    code: `
      import bcrypt from 'bcryptjs';
      export const answer = async () => ({ right: await bcrypt.compare('secret', await bcrypt.hash('secret', 4)) });`,
    answer: { right: true },
  },
  {
    name: 'argon2, native, hashes',
    packages: ['argon2'],
    code: `
      import argon2 from 'argon2';
      export async function answer() {
        const hash = await argon2.hash('secret', { memoryCost: 1024, timeCost: 2 });
        return { kind: hash.slice(0, 9), right: await argon2.verify(hash, 'secret') };
      }`,
    answer: { kind: '$argon2id', right: true },
  },
  {
    name: 'nanoid makes ids',
    packages: ['nanoid'],
    code: `
      import { customAlphabet, nanoid } from 'nanoid';
      export const answer = () => ({ length: nanoid().length, custom: customAlphabet('a', 3)() });`,
    answer: { length: 21, custom: 'aaa' },
  },
  {
    name: 'uuid makes ids',
    packages: ['uuid'],
    code: `
      import { v4, v5, validate } from 'uuid';
      export const answer = () => ({ random: validate(v4()), named: v5('example.com', v5.DNS) });`,
    answer: { random: true, named: 'cfbff0d1-9375-5685-968c-48ce8b15ae17' },
  },
  {
    name: 'passport with a strategy',
    packages: ['passport', 'passport-local'],
    framework: 'express',
    code: `
      import { Router, urlencoded } from 'express';
      import passport from 'passport';
      import { Strategy } from 'passport-local';
      passport.use(new Strategy((name, password, done) => done(null, password === 'secret' && { name })));
      export function route() {
        return Router().post('/login', urlencoded({ extended: false }), passport.authenticate('local', { session: false }), (req, res) => { res.json(req.user); });
      }`,
    request: {
      method: 'POST',
      path: '/login',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'username=Ada&password=secret',
    },
    answer: { name: 'Ada' },
  },
  {
    name: 'openid-client builds a URL',
    packages: ['openid-client'],
    code: `
      import * as client from 'openid-client';
      export async function answer() {
        const server = { issuer: 'https://id.example', authorization_endpoint: 'https://id.example/auth' };
        const config = new client.Configuration(server, 'shop', 'secret');
        const code_challenge = await client.calculatePKCECodeChallenge('verifier');
        return client.buildAuthorizationUrl(config, { redirect_uri: 'https://shop.example/', code_challenge }).search;
      }`,
    answer:
      '?redirect_uri=https%3A%2F%2Fshop.example%2F&code_challenge=iMnq5o6zALKXGivsnlom_0F5_WYda32GHkxlV7mq7hQ&client_id=shop&response_type=code',
  },
];
