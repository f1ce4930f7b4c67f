/**
 * The language offered that a reader of `wanted` (both BCP 47) reads: the same tag, else the same language in the same
 * script, the reader's own region before another. What script a tag means is told by CLDR's likely subtags
 * (https://unicode.org/reports/tr35/#Likely_Subtags): `pt-BR` finds `pt`, and `zh-TW` does not find `zh`, which is
 * Simplified. What is no language tag finds nothing and is not found.
 */
export function matchLanguage(wanted: string, offered: readonly string[]): string | undefined {
  const reader = likely(wanted);
  const readable = offered.filter((tag) => readsAs(reader, likely(tag)));
  return (
    readable.find((tag) => tag.toLowerCase() === wanted.toLowerCase()) ??
    readable.find((tag) => likely(tag)?.region === reader?.region) ??
    readable[0]
  );
}

function readsAs(reader: Intl.Locale | undefined, writer: Intl.Locale | undefined): boolean {
  return !!reader && reader.language === writer?.language && reader.script === writer.script;
}

/** The tag with its likely script and region. */
function likely(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag).maximize();
  } catch {
    return undefined;
  }
}
