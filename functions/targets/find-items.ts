/** A string, or what divides a JSON text into its items and lines. */
const token = /"(?:[^"\\]|\\.)*"|[[\]{}\n]|[^\s[\]{}",:]+/gs;

/** The lines in which the items of a list begin, in a JSON text: of the list at its top, or of that in an object at its top. */
export function findItems(text: string): number[] {
  const depthOfItems = text.trimStart().startsWith('[') ? 1 : 2;
  const lines: number[] = [];
  let [line, depth] = [1, 0];
  for (const [found] of text.matchAll(token)) {
    const isOpening = found === '[' || found === '{';
    const isClosing = found === ']' || found === '}';
    if (found === '\n') line += 1;
    else if (depth === depthOfItems && !isClosing) lines.push(line);
    if (isOpening) depth += 1;
    if (isClosing) depth -= 1;
  }
  return lines;
}
