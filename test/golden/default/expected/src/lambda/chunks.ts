/** Takes the framing off a chunked body: a size in hexadecimal, a line end, as many bytes and a line end, up to size 0. */
export function joinChunks(framed: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const start = framed.indexOf('\r\n', at) + 2;
    const size = Number.parseInt(framed.toString('latin1', at, start), 16);
    if (!(size > 0)) return Buffer.concat(chunks);
    chunks.push(framed.subarray(start, start + size));
    at = start + size + 2;
  }
}
