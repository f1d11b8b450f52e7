import { addVouchedPerson } from '#server/people'
import { record } from '#shared/audit/index.ts'
import { type CastKey, cast, castKeys } from '../cast.ts'
import type { World } from './world.server.ts'

/** Who is who: people.person, by their key. */
export type Entered = Record<CastKey, string>

/** Enters the people of the demonstration. */
export async function enterCast({ database }: World): Promise<Entered> {
  const entered: Partial<Entered> = {}
  for (const key of castKeys) {
    const { name, email, language } = cast[key]
    const person = await addVouchedPerson(database, { name, email, language })
    await record(database, {
      act: 'demo.person-entered',
      by: { system: 'demo' },
      subject: { kind: 'person', id: person },
      payload: { name, email },
      about: [person]
    })
    entered[key] = person
  }
  return entered as Entered
}
