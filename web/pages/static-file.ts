/** Addresses by name; whoever bundles fills them in (infra/constructs/static-files.ts). */
declare const STATIC_FILES: Record<string, string>;
/** Of the whole widget, for Subresource Integrity. */
declare const WIDGET_INTEGRITY: string;

/** The address of a stylesheet, picture or script of this folder, or of the widget: it has a hash of the content in it. */
export function staticFile(name: string): string {
  const address = STATIC_FILES[name];
  if (!address) throw new Error(`There is no ${name} in web/pages.`);
  return address;
}

/** SHA-384 of `widget-whole.js`, as the `integrity` attribute takes it. */
export function widgetIntegrity(): string {
  return WIDGET_INTEGRITY;
}
