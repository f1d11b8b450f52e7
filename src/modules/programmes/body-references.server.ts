import type { BodyData } from './body-data.ts'
import { countryCode } from './countries.ts'
import type { FileProblem, ProgrammeFile } from './programme-files.server.ts'
import { type KnownNames, referenceProblems } from './programme-references.server.ts'

/** What is wrong in the names, sources and days of parameters/bodies.yaml. */
export function bodyProblems(
  known: KnownNames,
  file: ProgrammeFile<{ bodies: BodyData[] }>,
  actions: ReadonlySet<string>
): FileProblem[] {
  const { say, sourced, problems } = referenceProblems(known, file)
  const { bodies } = file.data
  const ids = new Set<string>()
  const mandates = new Set<string>()
  const country = (code: string, path: (string | number)[]) => {
    if (countryCode(code) !== code) say(path, `no such country: ${code}`)
  }
  for (const [index, body] of bodies.entries()) {
    const at = ['bodies', index]
    if (ids.has(body.id)) say([...at, 'id'], `“${body.id}” stands twice`)
    ids.add(body.id)
    sourced(body, at, [])
    if (body.country) country(body.country, [...at, 'country'])
    body['former-names']?.forEach((one, n) => sourced(one, [...at, 'former-names', n], []))
    body.contacts?.forEach((one, n) => sourced(one, [...at, 'contacts', n], []))
    for (const [n, mandate] of body.mandates.entries()) {
      const path = [...at, 'mandates', n]
      if (mandates.has(mandate.id)) say([...path, 'id'], `“${mandate.id}” stands twice`)
      mandates.add(mandate.id)
      sourced(mandate, path, [])
      mandate.countries?.forEach((code, c) => country(code, [...path, 'countries', c]))
      for (const [a, action] of (mandate.actions ?? []).entries()) {
        if (!actions.has(action)) say([...path, 'actions', a], `no such action: ${action}`)
      }
      if (mandate.from && mandate.until && mandate.until < mandate.from) {
        say([...path, 'until'], 'the last day is before the first')
      }
    }
  }
  for (const [index, body] of bodies.entries()) {
    const above = body['supervised-by']
    if (above && !ids.has(above)) say(['bodies', index, 'supervised-by'], `no such body: ${above}`)
  }
  return problems
}
