/** What the header of an image says of it. */
export interface ImageHeader {
  type: 'image/png' | 'image/webp';
  /** Pixels. */
  width: number;
  height: number;
  isAnimated: boolean;
  /** Whether the file goes on to its end; what comes after that is looked at by nobody. */
  isWhole: boolean;
}

interface Chunk {
  type: string;
  data: Buffer;
}

/**
 * Reads the header of a PNG or WebP image; undefined for anything else. The pixels are not decoded. By
 * https://www.w3.org/TR/png-3/#5DataRep and https://developers.google.com/speed/webp/docs/riff_container (RFC 9649).
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return readPng(file) ?? readWebp(file);
}

const pngSignature = '\x89PNG\r\n\x1a\n';

function readPng(file: Buffer): ImageHeader | undefined {
  if (file.toString('latin1', 0, 8) !== pngSignature) return undefined;
  const chunks = pngChunks(file);
  const [first] = chunks;
  if (first?.type !== 'IHDR' || first.data.length !== 13) return undefined;
  return {
    type: 'image/png',
    width: first.data.readUInt32BE(0),
    height: first.data.readUInt32BE(4),
    isAnimated: has(chunks, 'acTL'),
    isWhole: has(chunks, 'IDAT') && chunks.at(-1)?.type === 'IEND',
  };
}

/** Each has its length, type, data and checksum. */
function pngChunks(file: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 8; at + 12 <= file.length && chunks.at(-1)?.type !== 'IEND'; ) {
    const end = at + 8 + file.readUInt32BE(at);
    chunks.push({ type: file.toString('latin1', at + 4, at + 8), data: file.subarray(at + 8, end) });
    at = end + 4;
  }
  return chunks;
}

function readWebp(file: Buffer): ImageHeader | undefined {
  const isWebp = file.toString('latin1', 0, 4) === 'RIFF' && file.toString('latin1', 8, 12) === 'WEBP';
  if (!isWebp) return undefined;
  const end = 8 + file.readUInt32LE(4);
  const chunks = riffChunks(file.subarray(0, end));
  const size = chunks.map(toWebpSize).find(Boolean);
  const isAnimated = has(chunks, 'ANIM') || has(chunks, 'ANMF');
  // The frames of an animation have their sizes inside of them.
  if (!size && !isAnimated) return undefined;
  return { type: 'image/webp', width: 0, height: 0, ...size, isAnimated, isWhole: end <= file.length };
}

/** Each has its type, length and data, which are filled up to an even number of bytes. */
function riffChunks(file: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 12; at + 8 <= file.length; ) {
    const end = at + 8 + file.readUInt32LE(at + 4);
    chunks.push({ type: file.toString('latin1', at, at + 4), data: file.subarray(at + 8, end) });
    at = end + (end % 2);
  }
  return chunks;
}

/** Of the pixels themselves (RFC 6386, section 9.1; RFC 9649, section 3.4): the canvas around a still image has the same. */
function toWebpSize({ type, data }: Chunk): { width: number; height: number } | undefined {
  if (type === 'VP8 ' && data.length >= 10 && data.readUIntBE(3, 3) === 0x9d012a)
    return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff };
  if (type !== 'VP8L' || data.length < 5 || data[0] !== 0x2f) return undefined;
  const bits = data.readUInt32LE(1);
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
}

function has(chunks: Chunk[], type: string): boolean {
  return chunks.some((chunk) => chunk.type === type);
}
