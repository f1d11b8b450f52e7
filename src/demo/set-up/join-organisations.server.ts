import {
  answerRequest,
  askToJoin,
  changeRecord,
  chooseShown,
  inviteMember,
  noteEarlierGrant
} from '#server/organisations'
import type { CastKey } from '../cast.ts'
import { callerFor } from './callers.server.ts'
import { done } from './done.ts'
import type { Entered } from './enter-cast.server.ts'
import type { RegisteredOrganisations } from './register-organisations.server.ts'
import type { World } from './world.server.ts'

/**
 * Jonas asked to join Rasa’s gymnasium, and she let him in. Ilze asked Maria’s school and waits; Maria invited a
 * colleague. The school tells what it does and which grants it had; Oskars’s association has had none.
 */
export async function joinOrganisations(
  world: World,
  entered: Entered,
  { school, gymnasium }: RegisteredOrganisations
): Promise<void> {
  const as = (key: CastKey) => callerFor(world.database, entered, key)

  const asked = done(
    await askToJoin(world, await as('jonas'), gymnasium.organisation, {
      role: 'member',
      reason: 'I teach chemistry here and coordinate our work with Rīga.'
    }),
    'Jonas asks to join'
  )
  const yes = { decision: 'accepted' }
  done(await answerRequest(world, await as('rasa'), asked.request, yes), 'Rasa lets Jonas in')
  done(
    await askToJoin(world, await as('ilze'), school.organisation, {
      role: 'member',
      reason: 'No septembra mācu skolā angļu valodu un gribētu palīdzēt ar pieteikumu.'
    }),
    'Ilze asks to join'
  )
  const maria = await as('maria')
  const invited = { email: 'janis.kalnins@example.org', role: 'member' }
  done(await inviteMember(world, maria, school.organisation, invited), 'Maria invites Jānis')
  await describeSchool(world, maria, school.organisation)
  done(
    await noteEarlierGrant(world, maria, school.organisation, {
      programme: 'erasmus-plus',
      action: 'school-exchange-partnerships',
      callYear: '2019',
      role: 'partner',
      source: 'Izdomāts demonstrācijai'
    }),
    'The school had a grant'
  )
}

type Caller = Awaited<ReturnType<typeof callerFor>>

async function describeSchool(world: World, maria: Caller, school: string): Promise<void> {
  const interests = {
    fields: ['school'],
    topics: ['cultural-heritage', 'creativity-and-arts'],
    languages: ['lv', 'en'],
    descriptionLv: 'Izdomāta skola Pārdaugavā: 420 skolēnu, kokļu ansamblis un siltumnīca.',
    descriptionEn: 'An invented school in Rīga: 420 pupils, a kokle ensemble and a greenhouse.'
  }
  const saved = done(
    await changeRecord(world, maria, school, { section: 'interests', revision: 1, given: interests }),
    'Maria tells about the school'
  )
  const shown = { shown: ['web', 'interests', 'description'] }
  done(
    await chooseShown(world, maria, school, { revision: saved.revision, given: shown }),
    'Maria chooses what is shown'
  )
}
