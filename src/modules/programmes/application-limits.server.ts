import { type Cited, cited } from './citations.server.ts'
import { inEdition } from '#shared/rules/editions.ts'
import type { Words } from '#shared/rules/vocabulary.ts'
import { type Field, fields } from './programme-data.ts'
import type { Programmes } from './programmes.server.ts'

/** How many applications of an action count, at one deadline. */
export type ApplicationLimit = Cited & {
  /** Of whom: an organisation in any role that counts, one that coordinates, the same consortium. */
  of: 'organisation' | 'coordinator' | 'consortium'
  applications: number
  /** Summed over these fields. */
  fields: readonly Field[]
  says: Words
}

const limitFacts = {
  'applications-of-one-organisation': 'organisation',
  'applications-of-one-coordinator': 'coordinator',
  'applications-of-one-consortium': 'consortium'
} as const

/** Limits that hold over several applications: facts of action.yaml with these ids, in an edition and a field. */
export function applicationLimits(
  { programmes: { programme } }: { programmes: Programmes },
  { action, edition, field }: { action: string; edition: number; field: Field }
): ApplicationLimit[] {
  const files = programme.actions.get(action)
  return (files?.action.facts ?? []).flatMap((fact): ApplicationLimit[] => {
    const of = limitFacts[fact.id as keyof typeof limitFacts]
    const applications = fact.values?.applications
    if (!of || typeof applications !== 'number' || !inEdition(fact.editions, edition)) return []
    const meant = [fact.when?.field ?? files!.action.fields].flat()
    const over = fields.filter((one) => meant.includes(one))
    if (!over.includes(field)) return []
    return [{ ...cited(programme, fact, edition), of, applications, fields: over, says: fact.says }]
  })
}
