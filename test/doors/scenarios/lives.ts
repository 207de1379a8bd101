import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { finished, pipeline, Readable } from 'node:stream';

import type { Scenarios } from './scenario.ts';

const storage = new AsyncLocalStorage<string>();

function* failing(): Generator<string> {
  yield 'first part';
  throw new Error('the source failed');
}

/** Events, errors and the socket: what a listener sees while a request lives and when it ends. */
export const lives: Scenarios = {
  'finish and close': (request, response, trace) => {
    for (const event of ['finish', 'close', 'error', 'timeout']) response.on(event, () => trace(`response ${event}`));
    for (const event of ['end', 'close', 'aborted', 'error']) request.on(event, () => trace(`request ${event}`));
    response.end('x');
    trace(`ended ${response.writableEnded} ${response.finished}`);
  },
  'finish is asynchronous': (_request, response, trace) => {
    response.end('x');
    response.on('finish', () => trace('finish'));
    trace('after end');
  },
  'finish and close of a stream': (request, response, trace) => {
    for (const event of ['finish', 'close']) response.on(event, () => trace(`response ${event}`));
    request.on('close', () => trace('request close'));
    request.resume();
    setTimeout(() => {
      response.write('a');
      setTimeout(() => response.end('b'), 3);
    }, 3);
  },
  'state after close': (request, response, trace) => {
    request.resume();
    response.on('close', () => {
      setImmediate(() => {
        const { writableEnded, writableFinished, destroyed, closed, errored } = response;
        const hasSocket = response.socket !== null;
        trace(JSON.stringify({ writableEnded, writableFinished, destroyed, closed, errored, hasSocket }));
      });
    });
    response.end('x');
  },
  'state before the end': (request, response) => {
    const { writableEnded, writableFinished, destroyed, closed, errored, finished: isFinished, sendDate } = response;
    const state = { writableEnded, writableFinished, destroyed, closed, errored, isFinished, writable: response.writable };
    const other = { needDrain: response.writableNeedDrain, length: response.writableLength, corked: response.writableCorked };
    const asked = {
      destroyed: request.destroyed,
      readable: request.readable,
      aborted: request.aborted,
      complete: request.complete,
    };
    response.end(JSON.stringify({ state, other, asked, hasDate: sendDate || true }));
  },
  'end callback': (_request, response, trace) => {
    response.end('x', () => trace('end callback'));
  },
  'write callback': (_request, response, trace) => {
    response.write('a', () => {
      trace('write callback');
      response.end('b');
    });
    trace('after write');
  },
  'end twice': (_request, response, trace) => {
    response.end('x');
    response.end();
    response.end((error?: Error) => trace(String(error)));
  },
  'write after end': (_request, response, trace) => {
    response.on('error', (error: NodeJS.ErrnoException) => trace(String(error.code)));
    response.end('x');
    trace(String(response.write('late')));
  },
  'write null': (_request, response) => {
    try {
      response.write(null);
    } catch (error) {
      response.end((error as NodeJS.ErrnoException).code);
    }
  },
  'stream.finished': (_request, response, trace) => {
    finished(response, (error) => trace(`finished ${error?.message}`));
    response.end('x');
  },
  'stream.pipeline': (_request, response, trace) => {
    pipeline(Readable.from(['a', 'b']), response, (error) => trace(`pipeline ${error?.message}`));
  },
  'destroyed before the head': (_request, response, trace) => {
    response.on('close', () => trace(`close ${response.writableFinished} ${response.destroyed}`));
    response.destroy();
  },
  'destroyed after the head': (_request, response, trace) => {
    response.on('close', () => trace('close'));
    response.write('part');
    setTimeout(() => response.destroy(new Error('no more')), 3);
  },
  'request destroyed': (request, _response, trace) => {
    request.on('aborted', () => trace('aborted'));
    request.on('error', (error: NodeJS.ErrnoException) => trace(`error ${error.message}`));
    request.on('close', () => trace('close'));
    request.destroy(new Error('given up'));
  },
  'request destroyed, seen by the response': (request, response, trace) => {
    request.on('error', () => {});
    response.on('close', () => trace(`close ${response.writableFinished}`));
    request.destroy(new Error('given up'));
  },
  'socket destroyed': (request, response, trace) => {
    response.on('close', () => trace('response close'));
    request.on('close', () => trace('request close'));
    request.socket.destroy();
  },
  'socket destroyed later': (request, response, trace) => {
    request.on('aborted', () => trace('aborted'));
    request.on('error', (error: NodeJS.ErrnoException) => trace(`error ${error.code} ${error.message}`));
    response.on('close', () => trace(`close ${response.writableEnded}`));
    response.write('part');
    setTimeout(() => response.socket?.destroy(), 3);
  },
  'stream fails midway': (_request, response, trace) => {
    pipeline(Readable.from(failing()), response, (error) => trace(`pipeline ${error?.message}`));
  },
  'stream fails at once': (_request, response, trace) => {
    const source = new Readable({ read: () => {} });
    pipeline(source, response, (error) => trace(`pipeline ${error?.message}`));
    source.destroy(new Error('never began'));
  },
  'request read by events': (request, response, trace) => {
    request.on('data', () => trace('data'));
    request.on('end', () => {
      trace('end');
      response.end('read');
    });
  },
  'request read late': (request, response) => {
    setTimeout(() => void request.toArray().then((chunks) => response.end(Buffer.concat(chunks as Buffer[]))), 3);
  },
  'request read as text': (request, response) => {
    request.setEncoding('utf8');
    let text = '';
    request.on('data', (chunk: string) => (text += chunk));
    request.on('end', () => response.end(text));
  },
  'request paused': (request, response, trace) => {
    request.on('data', () => trace('data'));
    request.pause();
    trace(`paused ${request.isPaused()}`);
    setTimeout(() => request.resume(), 3);
    request.on('end', () => response.end('x'));
  },
  'request never read': (request, response, trace) => {
    request.on('end', () => trace('end'));
    request.on('close', () => trace('close'));
    response.end('x');
  },
  'one socket': (request, response) => {
    const same = [request.socket === response.socket, request.socket === request.connection, response.req === request];
    response.end(same.join());
  },
  'socket api': (request, response) => {
    const { socket } = request;
    const calls = [socket.setTimeout(0), socket.setNoDelay(), socket.setKeepAlive(), socket.ref(), socket.unref()];
    socket.ref();
    const facts = [
      socket.remoteAddress,
      socket.remoteFamily,
      socket.destroyed,
      socket.readable,
      socket.writable,
      socket.readyState,
      socket.connecting,
      typeof socket.bytesWritten,
    ];
    // Ports, and the address of the function's own end, are what no gateway tells.
    response.end(JSON.stringify([calls.every((result) => result === socket), facts]));
  },
  'socket listeners': (request, response, trace) => {
    const onClose = () => trace('socket close');
    request.socket.on('close', onClose);
    request.socket.off('close', onClose);
    response.end(String(request.socket.listenerCount('close') >= 1));
  },
  'response time-out': (_request, response) => {
    response.setTimeout(10, () => response.end('timed out'));
  },
  'time-out without a listener': (request, response, trace) => {
    response.on('close', () => trace('close'));
    request.socket.setTimeout(10);
  },
  'time-out that does not come': (request, response, trace) => {
    request.setTimeout(30, () => trace('timeout'));
    setTimeout(() => response.end('in time'), 3);
  },
  'async storage': (_request, response, trace) =>
    storage.run('kept', async () => {
      response.on('finish', () => trace(`${storage.getStore()}`));
      await once(Readable.from(['x']).resume(), 'end');
      response.end(storage.getStore());
    }),
  'rejected handler that answered': async (_request, response) => {
    response.end('x');
    await Promise.resolve();
  },
};
