/** The word for a name that anybody may have made up: what every object inherits is no word of ours. */

export const named = <T>(words: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(words, name) ? words[name] : undefined
