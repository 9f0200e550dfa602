/** Hostile strings, and every field that a person or a machine writes text into. */

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './binary.mjs'

export const STRINGS = JSON.parse(await readFile(join(ROOT, 'tests', 'data', 'hostile-strings.json'), 'utf8'))
/** Ids are of letters, digits, and a few marks: some names that scripts give a meaning to are ids. */
export const IDS = STRINGS.filter((text) => /^[\p{L}\p{N}_.-]{1,64}$/u.test(text) && /[\p{L}\p{N}]/u.test(text))

const text = { corpus: STRINGS }
const id = { corpus: IDS }
/** Written, kept, and shown to nobody. */
const unseen = (why) => ({ corpus: STRINGS, unseen: why })

/** By route and name in its body; what is not in the API's document is below. */
export const FIELDS = {
  'POST /alerts summary': text,
  'POST /alerts place.text': text,
  'POST /alerts caller_phone': text,
  'POST /alerts source_alarm_id': unseen('a machine knows its own alarm again by it'),
  'POST /alerts/{id}/note text': text,
  'POST /alerts/{id}/feedback text': text,
  'POST /alerts/{id}/reclassify reason': text,
  'POST /alerts/{id}/resolve result': text,
  'POST /alerts/{id}/close result': text,
  'POST /alerts/{id}/close no_arrival_reason': text,
  'POST /alerts/{id}/reopen reason': text,
  'POST /alerts/{id}/cancel reason': text,
  'POST /alerts/{id}/turn-actual reason': text,
  'POST /alerts/{id}/excuse reason': text,
  'POST /alerts/{id}/correct reason': text,
  'POST /alerts/{id}/defer-hazard measure': text,
  'POST /alerts/{id}/defer-hazard informed': text,
  'POST /alerts/{id}/fix-hazard text': text,
  'POST /assignments/{id}/decline reason': text,
  'POST /assignments/{id}/cancel reason': text,
  'POST /assignments/{id}/reinforce text': text,
  'POST /samples/{id}/score remark': text,
  'PUT /stations/{id} name': text,
  'PUT /stations/{id} leader.name': text,
  'PUT /stations/{id} leader.phone': text,
  'PUT /stations/{id} liaison.name': text,
  'PUT /stations/{id} liaison.phone': text,
  'PUT /schools/{id} name': text,
  'PUT /schools/{id} contact.name': text,
  'PUT /schools/{id} contact.phone': text,
  'PUT /units/{id} name': text,
  'PUT /policy id': id,
  'PUT /policy name': text,
  'PUT /policy rules[].id': id,
  'POST /accounts name': id,
  // The path names what is made.
  'PUT /stations/{id} {id}': id,
  'PUT /schools/{id} {id}': id,
  'PUT /units/{id} {id}': id,
  // Not JSON.
  'POST /session User-Agent': unseen('a page names the browsers it knows, and no other'),
  'POST /imports/schools file': text,
  'GET /reports/bulletin ?station': text,
}

/** Texts of the document that no page could show as somebody's words, and why. */
const NO_WORDS = [
  [/ (password|new_password|current|new|code|secret|token)$/, 'a secret is compared and never shown'],
  [/^(POST|DELETE) \/(session|setup)\S* account$/, 'the name of an account there is, or a refusal that does not repeat it'],
  [/ (station|unit|school|post|units\[\]\.unit|rule|alarms\[\]\.rule)$/, 'the id of something there is'],
  [/ duty_windows\[\]\.weekdays\[\]$/, 'a day of the week'],
  [/^POST \/(policy\/preview|statistics\/what-if) /, 'the policy is a trial: figures come back, not its words'],
  [/ \?(cursor|epoch|format|kind|stage|account|q|row)$/, 'a question: the answer does not repeat it'],
  // One of them stands for all, which are asked and repeated alike.
  [/^(GET|POST) \/(reports|statistics)\/\S+ \?(unit|station|school)$/, 'as the station of the bulletin'],
  [/^GET \/alerts(\/duplicates)? \?school$/, 'a question: the answer does not repeat it'],
]

/** The fields of the API's document that take any text. */
export function textFieldsOf({ paths, components }) {
  const found = new Set()
  const note = (route, schema, path, above) => {
    if (schema.$ref) {
      const name = schema.$ref.split('/').at(-1)
      if (!above.includes(name)) note(route, components.schemas[name], path, [...above, name])
      return
    }
    for (const one of [...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]) note(route, one, path, above)
    if ([schema.type].flat().includes('string') && !schema.enum && !schema.format) found.add(`${route} ${path}`)
    const below = (name) => (path === '' ? name : `${path}.${name}`)
    for (const [name, part] of Object.entries(schema.properties ?? {})) note(route, part, below(name), above)
    if (schema.items) note(route, schema.items, `${path}[]`, above)
    if (schema.additionalProperties) note(route, schema.additionalProperties, below('*'), above)
  }
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, { requestBody, parameters }] of Object.entries(item)) {
      const route = `${method.toUpperCase()} ${path.replace('/api/v1', '')}`
      const body = requestBody?.content?.['application/json']
      if (body) note(route, body.schema, '', [])
      for (const { in: where, name, schema } of parameters ?? []) if (where === 'query') note(route, schema, `?${name}`, [])
    }
  }
  return [...found]
}

/** Those that are neither in the table nor said to be no words. */
export function fieldsUnsaid(document) {
  return textFieldsOf(document).filter((field) => !(field in FIELDS) && !NO_WORDS.some(([pattern]) => pattern.test(field)))
}

/** What was written where. Each field of one thing has another string, so that none stands for another. */
export class Written {
  #all = []

  /** The string of a field for the `index`th thing, which is known as `of`. */
  say(field, index, of) {
    const { corpus } = FIELDS[field]
    const text = corpus[(index + Object.keys(FIELDS).indexOf(field)) % corpus.length]
    this.#all.push({ field, text, of })
    return text
  }

  /** What these fields say, of one thing or of all. */
  texts(fields, of) {
    const meant = this.#all.filter((one) => fields.includes(one.field) && (of === undefined || one.of === of))
    return [...new Set(meant.map((one) => one.text))]
  }

  /** Insists that every string went through every field. */
  isWhole() {
    for (const [field, { corpus }] of Object.entries(FIELDS)) {
      const missing = corpus.filter((one) => !this.texts([field]).includes(one))
      assert.deepEqual(missing, [], `not written into ${field}`)
    }
  }
}
