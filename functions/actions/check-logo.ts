import { Problem } from '../../shared/kernel/problem.ts';
import { invalidFields } from '../../shared/kernel/validate.ts';
import { type ImageHeader, readImageHeader } from './image-header.ts';
import type { LogoImage } from './logo.ts';

/** Bytes, and pixels a side. */
const mostBytes = 40 * 1_024;
const [fewestPixels, mostPixels] = [16, 512];

/** The image of a file, if it can be a logo. @throws Problem `body-too-large` or `invalid-fields`. */
export function checkLogo({ type, bytes }: Pick<LogoImage, 'type' | 'bytes'>): LogoImage {
  if (bytes.length > mostBytes)
    throw new Problem('body-too-large', 'The image is larger than 40 kB; send a smaller one.');
  const header = readImageHeader(bytes);
  if (header?.type !== type) throw refusal('no-image', `This is no image of the type ${type}.`);
  if (!header.isWhole) throw refusal('truncated', 'The image ends before its end; send all of it.');
  if (header.isAnimated) throw refusal('animated', 'The image is animated; send one that stands still.');
  if (!isFit(header))
    throw refusal('wrong-size', `Send an image of ${fewestPixels} to ${mostPixels} pixels a side.`);
  const { width, height } = header;
  return { type, bytes, width, height };
}

function isFit({ width, height }: ImageHeader): boolean {
  return [width, height].every((side) => side >= fewestPixels && side <= mostPixels);
}

function refusal(code: string, message: string): Problem {
  return invalidFields([{ pointer: '', code, message }], message);
}
