import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** As much of S3, and of STS, as an S3 backend of Terraform speaks: objects, their listing, locks, and whose account it is. */
export class FakeS3 {
  /** Contents by `bucket/key`. */
  readonly objects = new Map<string, Buffer>();
  readonly account: string;
  readonly #server: Server;

  constructor(account: string) {
    this.account = account;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  async listen(): Promise<NodeJS.ProcessEnv> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    // As a proxy, since buckets are host names, which nothing here resolves.
    const proxy = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return { HTTP_PROXY: proxy, AWS_ENDPOINT_URL_S3: 'http://s3.test', AWS_ENDPOINT_URL_STS: 'http://sts.test' };
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(...[request, response]: Parameters<RequestListener>): Promise<void> {
    const body = await buffer(request);
    const { hostname, pathname, searchParams } = new URL(request.url ?? '/');
    const bucket = /^(.+)\.s3\.test$/.exec(hostname)?.[1];
    const key = bucket === undefined ? pathname.slice(1) : `${bucket}${pathname}`;
    if (body.includes('Action=GetCallerIdentity')) return void response.end(this.#identity());
    if (searchParams.has('list-type')) return void response.end(this.#list(key, searchParams.get('prefix') ?? ''));
    const object = this.objects.get(key);
    if (request.method === 'PUT') {
      if (object && request.headers['if-none-match'] === '*')
        return void response.writeHead(412).end(fault('PreconditionFailed'));
      this.objects.set(key, request.headers['content-encoding']?.includes('aws-chunked') ? joinChunks(body) : body);
      return void response.writeHead(200, { etag: '"1"' }).end();
    }
    if (request.method === 'DELETE') {
      this.objects.delete(key);
      return void response.writeHead(204).end();
    }
    if (!object) return void response.writeHead(404).end(fault('NoSuchKey'));
    const md5 = createHash('md5').update(object).digest('hex');
    response.writeHead(200, { 'content-length': object.length, etag: `"${md5}"` }).end(request.method === 'HEAD' ? '' : object);
  }

  #identity(): string {
    return (
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
      `<Arn>arn:aws:iam::${this.account}:user/demo</Arn><UserId>AIDADEMO</UserId><Account>${this.account}</Account>` +
      '</GetCallerIdentityResult></GetCallerIdentityResponse>'
    );
  }

  #list(bucket: string, prefix: string): string {
    const name = bucket.replace(/\/.*$/, '');
    const keys = [...this.objects.keys()]
      .filter((key) => key.startsWith(`${name}/${prefix}`))
      .map((key) => key.slice(name.length + 1));
    const contents = keys.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
    return `<ListBucketResult><Name>${name}</Name><Prefix>${prefix}</Prefix><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`;
  }
}

function fault(code: string): string {
  return `<Error><Code>${code}</Code><Message>${code}</Message></Error>`;
}

/** Takes the data out of what the SDK sends in signed chunks: `size;signature CRLF data CRLF` … `0;…`. */
function joinChunks(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, end), 16);
    if (!size) break;
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(parts);
}
