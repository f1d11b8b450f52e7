/**
 * A page on which several things can be sent is one form with a button for each: what was begun beside the one that is
 * pressed comes along, and comes back, without script, too.
 */
import type { Typed } from './read-form.ts'
import type { ReturnedForm } from './returned-form.ts'

/**
 * Of what was typed, the fields that hold something else than the page shows by itself.
 * @param shown every field of the page by its name, a list where any number may be ticked
 * @param done the fields of what was sent
 */
export function begunBeside(typed: Typed, shown: Typed, done: readonly string[] = []): Typed {
  return Object.fromEntries(
    Object.entries(shown).flatMap(([name, value]) => {
      // Boxes of which none is ticked are not sent at all.
      const given = typed[name] ?? (Array.isArray(value) ? [] : undefined)
      const same = given === undefined || asSent(given) === asSent(value)
      return same || done.includes(name) ? [] : [[name, given]]
    })
  )
}

/** What a page is answered with when something was done and something else was begun; undefined: nothing was. */
export function comesBack(begun: Typed): ReturnedForm | undefined {
  return Object.keys(begun).length > 0 ? { typed: begun, problems: [], refused: 'invalid' } : undefined
}

/** What stands in a field of such a page: what was typed, else what the page shows by itself. */
export function inField(form: ReturnedForm | null, shown: Typed, name: string): string {
  return [form?.typed[name] ?? shown[name] ?? ''].flat()[0] ?? ''
}

/** Lines end as browsers send them. */
const asSent = (value: string | string[]) =>
  JSON.stringify([value].flat().map((one) => one.replace(/\r\n?/g, '\n')))
