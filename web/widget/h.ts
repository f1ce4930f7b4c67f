type Listener = (event: Event) => unknown;
export type Attributes = Record<string, string | number | boolean | Listener>;
type Content = Node | string | false | undefined | Attributes | Content[];
type TagOf<Name extends string> = Name extends `${infer Tag}:${string}` ? Tag : Name;
type ElementOf<Name extends string> =
  TagOf<Name> extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[TagOf<Name>] : never;

/**
 * An element, named by its tag and its part: `h('p:hint', { id: 'wait' }, 'One moment')`. Host pages style it by its part,
 * the widget by a class of the same name, for it is shorter. Attributes that are functions
 * listen to the event of that name; those that are false are left out. Texts become text, never markup.
 */
export function h<Name extends string>(name: Name, ...content: Content[]): ElementOf<Name> {
  const [tag, part] = name.split(':') as [string, string?];
  const element = document.createElement(tag);
  if (part) {
    element.className = part;
    element.setAttribute('part', part);
  }
  for (const each of content.flat(2) as Exclude<Content, Content[]>[]) {
    if (typeof each === 'string' || each instanceof Node) element.append(each);
    else
      for (const key in each || {}) {
        const value = (each as Attributes)[key];
        if (typeof value === 'function') element.addEventListener(key, value);
        else if (value !== false) element.setAttribute(key, value === true ? '' : `${value}`);
      }
  }
  return element as ElementOf<Name>;
}
