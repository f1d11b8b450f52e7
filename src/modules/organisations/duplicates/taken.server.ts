import type { Database } from '#shared/database/index.ts'
import type { Problem } from '#shared/forms/refused.ts'
import { type FactKind, type IdentifierKind, type Statement, identifierKinds } from '../record/fact.ts'
import { type Known, type NearRecord, nearRecords } from './near-records.server.ts'

/** What was said, as duplicates are looked for. */
export function knownOf(statements: readonly Statement[], country: string): Known {
  const of = (...kinds: FactKind[]) => statements.filter(({ kind }) => kinds.includes(kind))
  return {
    names: of('legal-name', 'latin-name').map(({ value }) => value),
    country,
    identifiers: of(...identifierKinds) as Known['identifiers'],
    domain: of('domain')[0]?.value
  }
}

/** Identifiers that another organisation holds as an official list or a document says: they are not taken twice. */
export async function heldBySureOthers(
  database: Database,
  statements: readonly Statement[],
  except: string
): Promise<Problem[]> {
  const { identifiers } = knownOf(statements, '')
  if (identifiers.length === 0) return []
  return problemsOfTaken(
    await nearRecords(database, { names: [], country: '', identifiers, domain: undefined }, except)
  )
}

/** The same, of records that were found near. Who it is is said only where everybody may know it. */
export function problemsOfTaken(near: readonly NearRecord[]): Problem[] {
  return near.flatMap(({ why, name, code }) =>
    why.flatMap((one): Problem[] => {
      if (one.because !== 'same-identifier' || one.level === 'self-declared') return []
      const field = fieldOf[one.kind]
      return [
        one.open
          ? { field, key: 'organisations.near.held', args: { name, code } }
          : { field, key: 'organisations.near.held-hidden' }
      ]
    })
  )
}

const fieldOf: Readonly<Record<IdentifierKind, string>> = {
  oid: 'oid',
  pic: 'pic',
  'erasmus-code': 'erasmusCode',
  'register-number': 'registerNumber',
  schac: 'schac'
}
