import type { Line } from '../line.ts';

/** Drivers and ORMs. Nothing listens on port 1: who is refused there has got as far as its socket. */
export const databases: readonly Line[] = [
  {
    name: 'pg connects and escapes',
    packages: ['pg'],
    code: `
      import pg from 'pg';
      export async function answer() {
        const client = new pg.Client({ connectionString: 'postgres://me:secret@127.0.0.1:1/shop' });
        const { code } = await client.connect().catch((error) => error);
        return { code, name: client.escapeIdentifier('or"der'), parsed: pg.types.getTypeParser(1007)('{1,2}') };
      }`,
    answer: { code: 'ECONNREFUSED', name: '"or""der"', parsed: [1, 2] },
  },
  {
    name: 'mysql2 talks to its own server in cesu8',
    packages: ['mysql2'],
    code: `
      import mysql from 'mysql2';
      export async function answer() {
        const server = mysql.createServer();
        server.on('connection', (connection) => {
          connection.on('error', () => undefined);
          connection.serverHandshake({ protocolVersion: 10, serverVersion: '8.0.0', connectionId: 1, statusFlags: 2, characterSet: 33, capabilityFlags: 0xffffff ^ 0x0800 });
          connection.on('query', (sql) => {
            const column = { catalog: 'def', schema: '', table: '', orgTable: '', name: 'said', orgName: '', characterSet: 33, columnLength: 99, columnType: 253, flags: 0, decimals: 0 };
            connection.writeTextResult([{ said: sql }], [column]);
          });
        });
        await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
        const client = mysql.createConnection({ host: '127.0.0.1', port: server._server.address().port, user: 'me', charset: 'UTF8_GENERAL_CI' });
        const [rows] = await client.promise().query('SELECT ?', ['Zürich']);
        client.destroy();
        server.close();
        return rows[0];
      }`,
    answer: { said: "SELECT 'Zürich'" },
  },
  {
    name: 'mongodb waits for a server',
    packages: ['mongodb'],
    code: `
      import { BSON, MongoClient, ObjectId } from 'mongodb';
      export async function answer() {
        const client = new MongoClient('mongodb://127.0.0.1:1/shop', { serverSelectionTimeoutMS: 200 });
        const error = await client.db().collection('users').findOne({}).catch((error) => error);
        const { id } = BSON.deserialize(BSON.serialize({ id: new ObjectId('65a0b1c20123456789abcdef') }));
        return { name: error.name, cause: /ECONNREFUSED/.test(error.message), id: id.toHexString() };
      }`,
    answer: { name: 'MongoServerSelectionError', cause: true, id: '65a0b1c20123456789abcdef' },
  },
  {
    name: 'mongoose validates a document',
    packages: ['mongoose'],
    code: `
      import mongoose from 'mongoose';
      const User = mongoose.model('User', new mongoose.Schema({ name: { type: String, required: true }, age: { type: Number, min: 0 } }));
      export async function answer() {
        const { name, errors } = await new User({ age: -1 }).validate().catch((error) => error);
        return { name, kinds: Object.values(errors).map(({ kind }) => kind).sort(), model: User.modelName };
      }`,
    answer: { name: 'ValidationError', kinds: ['min', 'required'], model: 'User' },
  },
  {
    name: 'ioredis connects and writes commands',
    packages: ['ioredis'],
    code: `
      import { Command, Redis } from 'ioredis';
      export async function answer() {
        const redis = new Redis({ port: 1, host: '127.0.0.1', lazyConnect: true, retryStrategy: null });
        redis.on('error', () => undefined);
        redis.defineCommand('twice', { numberOfKeys: 1, lua: 'return redis.call("get", KEYS[1])' });
        const { message } = await redis.connect().catch((error) => error);
        return { message, command: new Command('set', ['a', 'b']).toWritable(), defined: typeof redis.twice };
      }`,
    answer: { message: 'Connection is closed.', command: '*3\r\n$3\r\nset\r\n$1\r\na\r\n$1\r\nb\r\n', defined: 'function' },
  },
  {
    name: 'redis asks a server',
    packages: ['redis'],
    code: `
      import { createServer } from 'node:net';
      import { createClient } from 'redis';
      export async function answer() {
        const server = createServer((socket) => socket.on('data', (bytes) => {
          for (const command of String(bytes).split(/^(?=\\*)/m)) socket.write(/GET/.test(command) ? '$5\\r\\nhello\\r\\n' : '+OK\\r\\n');
        }));
        await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
        const client = createClient({ url: 'redis://127.0.0.1:' + server.address().port });
        await client.connect();
        const value = await client.get('greeting');
        client.destroy();
        server.close();
        const closed = await createClient({ url: 'redis://127.0.0.1:1', socket: { reconnectStrategy: false } }).on('error', () => undefined).connect().catch((error) => error);
        return { value, code: closed.code };
      }`,
    answer: { value: 'hello', code: 'ECONNREFUSED' },
  },
  {
    name: 'knex loads its driver by name',
    packages: ['knex', 'pg'],
    code: `
      import knex from 'knex';
      export async function answer() {
        const db = knex({ client: 'pg', connection: { host: '127.0.0.1', port: 1 }, pool: { min: 0 } });
        const query = db('users').where({ id: 1 }).orderBy('name').select('id');
        const { code } = await query.clone().catch((error) => error);
        return { sql: query.toString(), code };
      }`,
    answer: { sql: 'select "id" from "users" where "id" = 1 order by "name" asc', code: 'ECONNREFUSED' },
  },
  {
    name: 'drizzle-orm queries through pg',
    packages: ['drizzle-orm', 'pg'],
    code: `
      import { eq } from 'drizzle-orm';
      import { drizzle } from 'drizzle-orm/node-postgres';
      import { integer, pgTable, text } from 'drizzle-orm/pg-core';
      const users = pgTable('users', { id: integer().primaryKey(), name: text() });
      export async function answer() {
        const db = drizzle('postgres://127.0.0.1:1/shop');
        const query = db.select().from(users).where(eq(users.name, 'Ada'));
        const error = await query.catch((thrown) => thrown);
        return { ...query.toSQL(), error: error.constructor.name, code: error.cause.code };
      }`,
    answer: {
      sql: 'select "id", "name" from "users" where "users"."name" = $1',
      params: ['Ada'],
      error: 'DrizzleQueryError',
      code: 'ECONNREFUSED',
    },
  },
  {
    name: 'kysely compiles and executes',
    packages: ['kysely', 'pg'],
    code: `
      import { Kysely, PostgresDialect } from 'kysely';
      import { Pool } from 'pg';
      export async function answer() {
        const db = new Kysely({ dialect: new PostgresDialect({ pool: new Pool({ host: '127.0.0.1', port: 1 }) }) });
        const query = db.selectFrom('users').select(['id']).where('name', '=', 'Ada').limit(2);
        const { code } = await query.execute().catch((error) => error);
        return { sql: query.compile().sql, code };
      }`,
    answer: { sql: 'select "id" from "users" where "name" = $1 limit $2', code: 'ECONNREFUSED' },
  },
  {
    name: 'sequelize loads its driver by name',
    packages: ['sequelize', 'pg', 'pg-hstore'],
    code: `
      import { DataTypes, Model, Sequelize } from 'sequelize';
      export async function answer() {
        const sequelize = new Sequelize('postgres://me@127.0.0.1:1/shop', { logging: false });
        class User extends Model {}
        User.init({ name: DataTypes.STRING }, { sequelize });
        const { name } = await User.findOne().catch((error) => error);
        return { name, table: User.tableName };
      }`,
    answer: { name: 'SequelizeConnectionRefusedError', table: 'Users' },
  },
  {
    name: 'typeorm loads its driver by name',
    packages: ['typeorm', 'pg', 'reflect-metadata'],
    code: `
      import 'reflect-metadata';
      import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';
      class User { id; name; }
      PrimaryColumn({ type: 'int' })(User.prototype, 'id');
      Column({ type: 'text' })(User.prototype, 'name');
      Entity()(User);
      export async function answer() {
        const source = new DataSource({ type: 'postgres', host: '127.0.0.1', port: 1, entities: [User] });
        const { code } = await source.initialize().catch((error) => error);
        await source.buildMetadatas();
        return { code, sql: source.getRepository(User).createQueryBuilder('u').where('u.id = 1').getQuery() };
      }`,
    answer: { code: 'ECONNREFUSED', sql: 'SELECT "u"."id" AS "u_id", "u"."name" AS "u_name" FROM "user" "u" WHERE "u"."id" = 1' },
  },
  {
    name: '@mikro-orm/postgresql builds a query',
    packages: ['@mikro-orm/core', '@mikro-orm/postgresql'],
    code: `
      import { defineEntity, MikroORM, p } from '@mikro-orm/postgresql';
      const User = defineEntity({ name: 'User', properties: { id: p.integer().primary(), name: p.string() } });
      export async function answer() {
        const orm = await MikroORM.init({ entities: [User], clientUrl: 'postgres://me@127.0.0.1:1/shop', connect: false, discovery: { warnWhenNoEntities: false } });
        const em = orm.em.fork();
        const { name } = await em.findOne(User, { name: 'Ada' }).catch((error) => error);
        return { name, sql: em.createQueryBuilder(User).where({ name: 'Ada' }).getFormattedQuery() };
      }`,
    answer: { name: 'DriverException', sql: `select "u0".* from "user" as "u0" where "u0"."name" = 'Ada'` },
  },
  {
    name: '@prisma/client with its generated code',
    packages: ['@prisma/client', '@prisma/adapter-pg'],
    prepare: ['prisma/build/index.js', 'generate', '--schema', 'schema.prisma'],
    files: {
      'schema.prisma': `
        generator client {
          provider = "prisma-client"
          output   = "./src/generated"
        }
        datasource db {
          provider = "postgresql"
        }
        model User {
          id   Int    @id
          name String
        }`,
    },
    code: `
      import { PrismaPg } from '@prisma/adapter-pg';
      import { Prisma, PrismaClient } from '../generated/client.ts';
      export async function answer() {
        const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: 'postgres://me@127.0.0.1:1/shop' }) });
        const error = await prisma.user.findMany({ where: { name: 'Ada' } }).catch((thrown) => thrown);
        return { code: error.code, model: Prisma.ModelName.User };
      }`,
    answer: { code: 'P1001', model: 'User' },
    runtime: 'asked',
  },
  {
    name: 'postgres connects',
    packages: ['postgres'],
    code: `
      import postgres from 'postgres';
      export async function answer() {
        const sql = postgres('postgres://me@127.0.0.1:1/shop', { connect_timeout: 1 });
        const { code } = await sql\`select \${1}\`.catch((error) => error);
        return { code };
      }`,
    answer: { code: 'ECONNREFUSED' },
  },
  {
    name: '@elastic/elasticsearch sends a search',
    packages: ['@elastic/elasticsearch'],
    code: `
      import { createServer } from 'node:http';
      import { Client, errors } from '@elastic/elasticsearch';
      export async function answer() {
        const server = createServer((_req, res) => {
          res.writeHead(200, { 'content-type': 'application/vnd.elasticsearch+json;compatible-with=9', 'x-elastic-product': 'Elasticsearch' });
          res.end('{"hits":{"hits":[{"_id":"1"}]}}');
        });
        await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
        const found = await new Client({ node: 'http://127.0.0.1:' + server.address().port }).search({ index: 'users' });
        server.close();
        const error = await new Client({ node: 'http://127.0.0.1:1', maxRetries: 0 }).ping().catch((thrown) => thrown);
        return { id: found.hits.hits[0]._id, refused: error instanceof errors.ConnectionError };
      }`,
    answer: { id: '1', refused: true },
  },
  {
    name: 'node:sqlite keeps rows',
    packages: [],
    code: `
      import { DatabaseSync } from 'node:sqlite';
      export function answer() {
        const db = new DatabaseSync(':memory:');
        db.exec('create table users (name text)');
        db.prepare('insert into users values (?)').run('Ada');
        return { ...db.prepare('select name from users').get() };
      }`,
    answer: { name: 'Ada' },
  },
];
