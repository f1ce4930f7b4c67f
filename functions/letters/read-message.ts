import {
  isLiteralElement,
  isPluralElement,
  isPoundElement,
  isSelectElement,
  type Location,
  type MessageFormatElement,
  parse,
} from '@formatjs/icu-messageformat-parser';

/** Where a message cannot be read, and why. */
export interface Unreadable {
  location: Location;
  why: string;
}

/** The parts of a message in ICU MessageFormat; tags are plain words. */
export function readMessage(words: string): MessageFormatElement[] | Unreadable {
  try {
    return parse(words, {
      ignoreTag: true,
      captureLocation: true,
      requiresOtherClause: false,
      shouldParseSkeletons: false,
    });
  } catch (error) {
    const { location, message } = error as SyntaxError & { location?: Location };
    if (!location) throw error;
    return { location, why: explain(message) };
  }
}

/** All parts, those in the branches of plurals too. */
export function allParts(elements: MessageFormatElement[]): MessageFormatElement[] {
  return elements.flatMap((element) =>
    isPluralElement(element) || isSelectElement(element)
      ? [element, ...Object.values(element.options).flatMap(({ value }) => allParts(value))]
      : [element],
  );
}

/** The variable that a part names, if it names one. */
export function nameOf(element: MessageFormatElement): string | undefined {
  return isLiteralElement(element) || isPoundElement(element) ? undefined : element.value;
}

/** A part as its author wrote it. */
export function sourceOf({ location }: MessageFormatElement, words: string): string {
  return words.slice(location?.start.offset, location?.end.offset);
}

/** Where a part is, for its author: `At character 12, “{signatres} people”: `, counted from 1. */
export function placeOf(location: Location | undefined, words: string): string {
  if (!location) return '';
  const { offset, column } = location.start;
  const following = Array.from(words.slice(offset));
  if (following.length === 0) return 'At the end: ';
  const shown = following.length > 40 ? [...following.slice(0, 40), '…'] : following;
  return `At character ${column}, “${shown.join('')}”: `;
}

/** The parser's own names of what is wrong, in words. */
function explain(kind: string): string {
  if (kind === 'EXPECT_ARGUMENT_CLOSING_BRACE') return 'This { is never closed by a }.';
  if (kind === 'EMPTY_ARGUMENT') return 'Name a variable between { and }.';
  if (/DUPLICATE/.test(kind)) return 'This branch is there twice.';
  if (/PLURAL|SELECT/.test(kind)) return 'Write a plural as {reached, plural, one {…} other {…}}.';
  return 'Write a variable as {title}, or as {signatures, number}.';
}
